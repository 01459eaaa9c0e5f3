// Makes the browser's assets from the packages that package-lock.json pins.
// Run by build.sh in a folder of its own: node build.mjs VENDOR_FOLDER REPOSITORY_ROOT
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeTable } from "./table.mjs";

const [vendor, root] = process.argv.slice(2);
const packages = "node_modules";
const version = (name) => JSON.parse(readFileSync(`${packages}/${name}/package.json`)).version;

/** An empty folder of this name, so that a file no longer made does not stay. */
function fresh(name) {
  const folder = join(vendor, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

/** A file as published, less the comment that sends a browser to a source map we do not ship. */
function copyWithoutMap(from, to) {
  const text = readFileSync(from, "utf8");
  writeFileSync(to, text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=\S+( \*\/)?\s*$/, "\n"));
}

function tabler() {
  const folder = fresh("tabler");
  copyWithoutMap(`${packages}/@tabler/core/dist/css/tabler.min.css`, `${folder}/tabler.min.css`);
  copyWithoutMap(`${packages}/@tabler/core/dist/js/tabler.min.js`, `${folder}/tabler.min.js`);
  copyFileSync("LICENSE.tabler", `${folder}/LICENSE`);
  copyFileSync("LICENSE.bootstrap", `${folder}/LICENSE.bootstrap`);
  copyFileSync(`${packages}/@popperjs/core/LICENSE.md`, `${folder}/LICENSE.popper`);
  const licence = "MIT; within it Bootstrap (MIT) and Popper (MIT)";
  return part("Tabler", "@tabler/core", licence, folder);
}

function htmx() {
  const folder = fresh("htmx");
  copyWithoutMap(`${packages}/htmx.org/dist/htmx.min.js`, `${folder}/htmx.min.js`);
  copyFileSync(`${packages}/htmx.org/LICENSE`, `${folder}/LICENSE`);
  return part("htmx", "htmx.org", "0BSD", folder);
}

async function echarts() {
  const folder = fresh("echarts");
  await build({
    entryPoints: ["echarts.mjs"],
    outfile: `${folder}/echarts.custom.min.js`,
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "echarts",
    target: "es2020",
    legalComments: "inline",
    banner: { js: `/*! Parts of Apache ECharts ${version("echarts")}, Apache-2.0; see LICENSE and NOTICE */` },
    define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
  });
  copyFileSync(`${packages}/echarts/LICENSE`, `${folder}/LICENSE`);
  copyFileSync(`${packages}/echarts/NOTICE`, `${folder}/NOTICE`);
  copyFileSync(`${packages}/echarts/licenses/LICENSE-d3`, `${folder}/LICENSE.d3`);
  copyFileSync(`${packages}/zrender/LICENSE`, `${folder}/LICENSE.zrender`);
  copyFileSync(`${packages}/tslib/LICENSE.txt`, `${folder}/LICENSE.tslib`);
  const within = `zrender ${version("zrender")} (BSD-3-Clause), d3 (BSD-3-Clause), tslib (0BSD)`;
  return part("ECharts", "echarts", `Apache-2.0; within it ${within}`, folder);
}

/** One symbol: the drawing itself, without the invisible square that each icon brings. */
function symbol(name) {
  const text = readFileSync(`${packages}/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const drawing = text
    .replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
    .replace(/>\s+</g, "><")
    .trim();
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>\n`
  );
}

function icons() {
  const folder = fresh("icons");
  const names = readFileSync("icons.txt", "utf8").trim().split("\n");
  const symbols = names.map(symbol).join("");
  writeFileSync(
    `${folder}/icons.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}</svg>\n`,
  );
  copyFileSync(`${packages}/@tabler/icons/LICENSE`, `${folder}/LICENSE`);
  return part("Tabler Icons", "@tabler/icons", "MIT", folder);
}

function part(name, source, licence, folder) {
  return { name, version: version(source), licence, source: `npm \`${source}\``, folder };
}

const parts = [tabler(), htmx(), await echarts(), icons()];
writeTable(join(root, "THIRD_PARTY.md"), root, "assets", parts);
