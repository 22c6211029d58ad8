// One device with tus-js-client and its own settings for Node.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Upload } from "tus-js-client";
import { obey, since } from "../line.mjs";

let url, folder, file;

await obey({
  open({ url: at, folder: of, file: from }) {
    [url, folder, file] = [at, of, readFileSync(from)];
  },
  async evidence() {
    const started = performance.now();
    await new Promise((resolve, reject) => {
      const upload = new Upload(file, {
        endpoint: `http://${url}/files`,
        onError: reject,
        onSuccess: resolve,
      });
      upload.start();
    });
    const ms = since(started);
    const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
    const stored = readdirSync(folder).filter((name) => !name.endsWith(".json"));
    if (stored.length !== 1 || digest(readFileSync(join(folder, stored[0]))) !== digest(file)) {
      throw new Error(`the server does not have the file: ${stored}`);
    }
    return { ms };
  },
});
