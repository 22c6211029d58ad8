import { readFile } from "node:fs/promises";

import type { Locator } from "@playwright/test";

import type { Device } from "./device.ts";

/** The files of a ZIP whose files are stored, by name. */
export function unpack(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf("PK\x05\x06");
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [method, size, name] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    if (method !== 0) throw new Error("the package is compressed");
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(zip.toString("utf8", at + 46, at + 46 + name), zip.subarray(begin, begin + size));
    at += 46 + name + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

/** What a link downloads: its name and its bytes. */
export async function download(device: Device, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const waiting = device.page.waitForEvent("download");
  await link.click();
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}
