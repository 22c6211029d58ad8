import { readFileSync } from "node:fs";
import path from "node:path";
import { bundleAsync } from "lightningcss";

function place({ loc, fileName }) {
  return `${loc?.filename ?? fileName}:${loc?.line}`;
}

/** `style/main.css` with what it imports but for `left` (layers kept), minified. */
export async function bundleStyles(folder, left = new Set()) {
  const read = (file) => (left.has(path.relative(folder, file)) ? "" : readFileSync(file, "utf8"));
  let result;
  try {
    result = await bundleAsync({ filename: path.join(folder, "main.css"), minify: true, resolver: { read } });
  } catch (error) {
    throw new Error(`${place(error)}: ${error.message}`, { cause: error });
  }
  if (result.warnings.length > 0) {
    throw new Error(result.warnings.map((w) => `${place(w)}: ${w.message}`).join("\n"));
  }
  return result.code;
}
