import { expect } from "@playwright/test";

import type { Device } from "./device.ts";

/** Width of what is printed, in mm: the sheet across, less its margins. */
const WIDTH = { A4: 297 - 16, F4: 330 - 16 };

/** No column of a printed table stands outside the sheet, and the head is repeated. */
export async function expectFits(device: Device, paper: keyof typeof WIDTH): Promise<void> {
  const { page } = device;
  const screen = page.viewportSize();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: Math.floor((WIDTH[paper] / 25.4) * 96), height: 700 });
  const printed = await page.locator(".form-table").evaluate((table) => {
    const { left, right } = table.getBoundingClientRect();
    const head = table.querySelector("thead");
    return { left, right, sheet: window.innerWidth, head: head && getComputedStyle(head).display };
  });
  expect(printed.left, `${paper}: the left edge of the table`).toBeGreaterThanOrEqual(0);
  expect(printed.right, `${paper}: the right edge of the table`).toBeLessThanOrEqual(printed.sheet);
  expect(printed.head).toBe("table-header-group");
  await page.emulateMedia({ media: "screen" });
  if (screen) await page.setViewportSize(screen);
}
