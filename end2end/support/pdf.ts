import { inflateSync } from "node:zlib";

import type { Device } from "./device.ts";

/** Sheet of paper in mm, across and down. */
export interface Sheet {
  across: number;
  down: number;
}

/** The sheets of what the page in view prints, as its own style asks for them. */
export async function printedSheets({ page }: Device): Promise<Sheet[]> {
  return sheets(await page.pdf({ preferCSSPageSize: true }));
}

/** Every page's MediaBox, also from objects that are packed. */
function sheets(pdf: Buffer): Sheet[] {
  const boxes: Sheet[] = [];
  for (const text of [pdf.toString("latin1"), ...packed(pdf)]) {
    for (const [, across, down] of text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)) {
      boxes.push({ across: mm(across), down: mm(down) });
    }
  }
  return boxes;
}

function packed(pdf: Buffer): string[] {
  const found: string[] = [];
  for (let at = pdf.indexOf("/ObjStm"); at >= 0; at = pdf.indexOf("/ObjStm", at + 1)) {
    const begin = pdf.indexOf("stream", at) + "stream".length;
    const from = begin + (pdf[begin] === 0x0d ? 2 : 1);
    found.push(inflateSync(pdf.subarray(from, pdf.indexOf("endstream", from))).toString("latin1"));
  }
  return found;
}

/** A point is 1/72 inch. */
function mm(points: string | undefined): number {
  return Math.round((Number(points) / 72) * 25.4);
}
