import path from "node:path";
import { bundle } from "lightningcss";

function place({ loc, fileName }) {
  return `${loc?.filename ?? fileName}:${loc?.line}`;
}

/** `style/main.css` with what it imports (layers kept), minified. */
export function bundleStyles(folder) {
  let result;
  try {
    result = bundle({ filename: path.join(folder, "main.css"), minify: true });
  } catch (error) {
    throw new Error(`${place(error)}: ${error.message}`, { cause: error });
  }
  if (result.warnings.length > 0) {
    throw new Error(result.warnings.map((w) => `${place(w)}: ${w.message}`).join("\n"));
  }
  return result.code;
}
