import { readdir, readFile } from "node:fs/promises";

async function read(pid: string, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
}

/** Ids of the browser that runs on this profile, and of everything it started. */
async function browserTree(profile: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const parents = new Map<string, string>();
  let tree: string[] = [];
  for (const pid of pids) {
    parents.set(pid, /^PPid:\s+(\d+)$/m.exec(await read(pid, "status"))?.[1] ?? "");
    if ((await read(pid, "cmdline")).includes(`--user-data-dir=${profile}`)) tree.push(pid);
  }
  for (let level = tree; level.length > 0; ) {
    level = pids.filter((pid) => level.includes(parents.get(pid) ?? "") && !tree.includes(pid));
    tree = tree.concat(level);
  }
  return tree.map(Number);
}

/** SIGKILL to the whole browser at once, as a dead battery or the system does it. */
export async function killBrowser(profile: string): Promise<void> {
  for (let left = await browserTree(profile); left.length > 0; left = await browserTree(profile)) {
    for (const pid of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Already gone with its parent.
      }
    }
  }
}
