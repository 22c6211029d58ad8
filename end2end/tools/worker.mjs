import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { injectManifest } from "workbox-build";

const REQUIRED = [/^\/pkg\/.*\.js$/, /^\/pkg\/.*\.0\.part$/, /^\/pkg\/.*\.css$/, /^\/index\.html$/];

/** Revisions become SHA-256 of the content: the worker checks what it was given. */
function withDigests(site) {
  return async (entries) => {
    const manifest = await Promise.all(
      entries.map(async ({ url }) => {
        const bytes = await readFile(path.join(site, url));
        return { url: `/${url}`, revision: createHash("sha256").update(bytes).digest("hex") };
      }),
    );
    manifest.sort((a, b) => (a.url < b.url ? -1 : 1));
    return { manifest, warnings: [] };
  };
}

/**
 * Writes `service-worker.js`, the worker of `source` with the list of the site's files.
 * Throws on any warning and when app code is not in the list: a set with a
 * hole would start nowhere without a connection.
 */
export async function writeWorker(site, source) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "takar-worker-"));
  const bundled = path.join(folder, "worker.js");
  try {
    await build({ entryPoints: [source], bundle: true, minify: true, target: "es2022", outfile: bundled, logLevel: "warning" });
    let listed = [];
    const { warnings } = await injectManifest({
      swSrc: bundled,
      swDest: path.join(site, "service-worker.js"),
      globDirectory: site,
      globPatterns: ["**/*.{html,js,css,part,svg,png,ico,webmanifest}"],
      globIgnores: ["service-worker.js"],
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      manifestTransforms: [
        withDigests(site),
        (manifest) => {
          listed = manifest.map((entry) => entry.url);
          return { manifest, warnings: [] };
        },
      ],
    });
    if (warnings.length > 0) throw new Error(warnings.join("\n"));
    for (const pattern of REQUIRED) {
      if (!listed.some((url) => pattern.test(url))) throw new Error(`precache list lacks ${pattern}`);
    }
    await sealVersion(path.join(site, "service-worker.js"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The set's version is the digest of the worker that lists it. */
async function sealVersion(file) {
  const text = await readFile(file, "utf8");
  if (!text.includes("__VERSION__")) throw new Error("the worker does not name its version");
  const version = createHash("sha256").update(text).digest("hex").slice(0, 10);
  await writeFile(file, text.replaceAll("__VERSION__", version));
}
