// Rewrites the table of maps in THIRD_PARTY.md: node maps.mjs MAPS_FOLDER REPOSITORY_ROOT
import { join } from "node:path";
import { writeTable } from "./table.mjs";

const [folder, root] = process.argv.slice(2);
const part = {
  name: "borders within Banten",
  version: "2026-08-20",
  licence: "MIT",
  source: "[SOURCE.txt](src/mutakhir_web/static/maps/SOURCE.txt)",
  folder,
};
writeTable(join(root, "THIRD_PARTY.md"), root, "maps", [part]);
