import type { Page } from "@playwright/test";

import { Inspector } from "../support/inspector.ts";
import { expect, test } from "../support/journey.ts";
import { cell, enter, openEntry, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

/** What a tab is told when it goes behind another one or comes forward. */
async function show(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => now === "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("two tabs, the first hidden and frozen: the second works, the first catches up", async ({ office, device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  const inspector = await Inspector.open(office, /^Inspektorat/);
  const before = (await inspector.log()).length;

  const first = laptop.page;
  const life = await laptop.context.newCDPSession(first);
  const second = await laptop.context.newPage();
  await second.bringToFront();
  // A browser without a window never hides a tab: the page is told so, as the browser's tabs do.
  await show(first, "hidden");
  expect(await first.evaluate(() => [document.visibilityState, document.hidden])).toEqual(["hidden", true]);
  expect(await second.evaluate(() => document.visibilityState)).toBe("visible");
  await life.send("Page.setWebLifecycleState", { state: "frozen" });

  laptop.page = second;
  await second.goto(new URL(first.url()).pathname);
  await enter(laptop, INDICATOR, "5");
  await laptop.expectState("green");
  expect(await inspector.log()).toHaveLength(before + 1);

  await test.step("thawed, the first tab shows it and can go on", async () => {
    await life.send("Page.setWebLifecycleState", { state: "active" });
    laptop.page = first;
    await first.bringToFront();
    await show(first, "visible");
    await expect(cell(laptop, INDICATOR)).toHaveValue("5");
    await enter(laptop, INDICATOR, "4");
    await laptop.expectState("green");
    laptop.page = second;
    await expect(cell(laptop, INDICATOR)).toHaveValue("4");
    expect(await inspector.log()).toHaveLength(before + 2);
  });
});
