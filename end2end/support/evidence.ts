import type { Locator } from "@playwright/test";

import type { Device } from "./device.ts";

/** A file as `setInputFiles` takes it. */
export interface Picked {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What the camera wrote into every photo of these journeys. */
export const TAKEN = "2026:10:06 14:03:22";
/** What nobody at the office may find in one. */
export const SECRET = "Rumah di -0.30515, 100.36921";

/** A PDF by its first bytes, of so many bytes in all; the rest is noise from `seed`. */
export function pdf(name: string, size: number, seed = 1): Picked {
  const buffer = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    buffer[at] = state >>> 16;
  }
  buffer.write("%PDF-1.7\n");
  return { name, mimeType: "application/pdf", buffer };
}

/** A camera's photo: larger than the office keeps it, with time and place inside. */
export async function photo(device: Device, name: string): Promise<Picked> {
  const base64 = await device.page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2400, 1600];
    const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
    const colours = pen.createLinearGradient(0, 0, 2400, 1600);
    colours.addColorStop(0, "#26734d");
    colours.addColorStop(1, "#d9a441");
    pen.fillStyle = colours;
    pen.fillRect(0, 0, 2400, 1600);
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  });
  const jpeg = Buffer.from(base64, "base64");
  const buffer = Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
  return { name, mimeType: "image/jpeg", buffer };
}

/** JPEG's APP1 segment: a description, and a directory with the time of taking. */
function exif(): Buffer {
  const text = (words: string) => Buffer.from(`${words}\0`, "latin1");
  const [secret, taken] = [text(SECRET), text(TAKEN)];
  // Header 8, first directory 2 + 2 × 12 + 4, second one 2 + 12 + 4.
  const second = 8 + 30;
  const texts = second + 18;
  const entry = (tag: number, type: number, count: number, value: number) => {
    const line = Buffer.alloc(12);
    line.writeUInt16LE(tag, 0);
    line.writeUInt16LE(type, 2);
    line.writeUInt32LE(count, 4);
    line.writeUInt32LE(value, 8);
    return line;
  };
  const directory = (entries: Buffer[]) => {
    const count = Buffer.alloc(2);
    count.writeUInt16LE(entries.length);
    return Buffer.concat([count, ...entries, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]);
  const first = directory([entry(0x010e, 2, secret.length, texts), entry(0x8769, 4, 1, second)]);
  const camera = directory([entry(0x9003, 2, taken.length, texts + secret.length)]);
  const body = Buffer.concat([text("Exif"), Buffer.alloc(1), header, first, camera, secret, taken]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Picks files in the value's own list, as the gallery would give them. */
export async function pick(device: Device, ...files: Picked[]): Promise<void> {
  await proofs(device).locator("input[type=file]:not([capture])").setInputFiles(files);
}

/** The value's own list of evidence, where it is entered. */
export function proofs(device: Device): Locator {
  return device.page.getByRole("group", { name: /^Bukti dukung/ }).first();
}

/** One file of a list, by its name. */
export function line(list: Locator, name: string): Locator {
  return list.getByRole("listitem").filter({ hasText: name });
}

/** Width of the small picture in a line, once it is drawn. */
export async function drawn(of: Locator): Promise<number> {
  return of.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth);
}
