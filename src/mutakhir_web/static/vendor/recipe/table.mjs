// Rewrites one table of THIRD_PARTY.md from the files themselves.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const HEADER =
  "| name | version | licence | source | file | bytes | gzipped | SHA-256 |\n" +
  "|---|---|---|---|---|---|---|---|\n";

/**
 * Puts a table between `<!-- MARKER -->` and `<!-- end MARKER -->`: a row for each file that is
 * not a licence, and a total. Each part is {name, version, licence, source, folder}.
 */
export function writeTable(document, root, marker, parts) {
  const rows = parts.flatMap((part) => rowsOf(part, root));
  const table = HEADER + rows.map((row) => row.line).join("") + total(rows);
  const text = readFileSync(document, "utf8");
  const [before, rest] = split(text, `<!-- ${marker} -->\n`, document);
  const [, after] = split(rest, `<!-- end ${marker} -->`, document);
  writeFileSync(document, `${before}<!-- ${marker} -->\n${table}<!-- end ${marker} -->${after}`);
}

function split(text, mark, document) {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`${document} has no line ${mark.trim()}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function rowsOf({ name, version, licence, source, folder }, root) {
  return readdirSync(folder)
    .filter((file) => !/^(LICENSE|NOTICE|SOURCE)/.test(file))
    .sort()
    .map((file) => {
      const path = join(folder, file);
      const bytes = readFileSync(path);
      const sum = createHash("sha256").update(bytes).digest("hex");
      const size = statSync(path).size;
      const zipped = gzipSync(bytes, { level: 9 }).length;
      const where = relative(root, path);
      const cells = [name, version, licence, source, `\`${where}\``, size, zipped, `\`${sum}\``];
      return { line: `| ${cells.join(" | ")} |\n`, size, zipped };
    });
}

function total(rows) {
  const sum = (key) => rows.reduce((so_far, row) => so_far + row[key], 0);
  return `| total | | | | ${rows.length} files | ${sum("size")} | ${sum("zipped")} | |\n`;
}
