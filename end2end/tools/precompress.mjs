import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const WORTH = /\.(js|css|part|html|svg|webmanifest|txt)$/;

/** Every file under `folder`, relative, in a fixed order. */
export async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

const { BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_LGWIN, BROTLI_PARAM_NDIRECT, BROTLI_PARAM_NPOSTFIX, BROTLI_PARAM_QUALITY } = constants;
/** Which size of blocks is best differs from file to file; 0 lets brotli guess. */
const BLOCKS = [0, 16, 24].map((block) => ({ [BROTLI_PARAM_LGBLOCK]: block }));
/** And so does the code of distances, which brotli itself chooses for text or fonts. */
const DISTANCES = [16, 24].flatMap((block) =>
  [0, 1, 2, 3].flatMap((postfix) =>
    [0, 4, 8, 15].map((direct) => ({
      [BROTLI_PARAM_LGBLOCK]: block,
      [BROTLI_PARAM_NPOSTFIX]: postfix,
      [BROTLI_PARAM_NDIRECT]: direct << postfix,
    })),
  ),
);

/** As small as brotli gets: the figure that the size limit is about. */
async function brotli(bytes, settings) {
  const tries = settings.map((setting) =>
    promisify(brotliCompress)(bytes, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, ...setting } }),
  );
  return (await Promise.all(tries)).reduce((best, packed) => (packed.length < best.length ? packed : best));
}

/** Puts `.br` and `.gz` beside every text and every part of the app, where they are smaller. */
export async function precompress(folder) {
  const names = (await files(folder)).filter((name) => WORTH.test(name));
  await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const bytes = await readFile(file);
      const pairs = [[".br", await brotli(bytes, name.endsWith(".part") ? [...BLOCKS, ...DISTANCES] : BLOCKS)], [".gz", await promisify(gzip)(bytes, { level: 9 })]];
      for (const [ext, packed] of pairs) {
        if (packed.length < bytes.length) await writeFile(file + ext, packed);
      }
    }),
  );
}
