import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

import type { Device } from "./device.ts";

interface Look {
  words: string;
  width: number;
  height: number;
  colorScheme: "light" | "dark";
}

const WIDE: Look = { words: "laptop", width: 1280, height: 800, colorScheme: "light" };
const NARROW: Look = { words: "320 px", width: 320, height: 640, colorScheme: "light" };
const LOOKS: Look[] = [WIDE, { ...WIDE, words: "dark", colorScheme: "dark" }, NARROW];
/** For what only a phone shows, or what a change of width would close. */
export const PHONE: Look[] = [NARROW, { ...NARROW, words: "320 px, dark", colorScheme: "dark" }];

/**
 * Every rule that axe runs by itself, none disabled, on the screen as it
 * stands: wide, dark, and 320 px wide, where nothing may need scrolling
 * sideways. Faults of one screen do not hide those of the next.
 */
export async function expectAccessible(device: Device, screen: string, looks: Look[] = LOOKS): Promise<void> {
  const { page } = device;
  for (const look of looks) {
    await show(page, look);
    // One page does all the work: a second one would hide this one from itself.
    const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => {
      const first = nodes.slice(0, 3).map((node) => node.target.join(" "));
      return `${id}: ${nodes.length} of ${first.join(" | ")}`;
    });
    expect(passes, `${screen}, ${look.words}: axe saw the page`).not.toEqual([]);
    expect.soft(found, `${screen}, ${look.words}: axe`).toEqual([]);
    expect.soft(await pokesOut(page), `${screen}, ${look.words}: wider than the window`).toEqual([]);
    expect.soft(await small(page), `${screen}, ${look.words}: lower than a finger`).toEqual([]);
  }
  await show(page, looks[0]);
}

/** Buttons, links and fields in view that are lower than 44 px, unless they are words within a text. */
async function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LOWEST = 44;
    const targets = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")];
    const height = (of: Element | null | undefined) => of?.getBoundingClientRect().height ?? 0;
    const seen = (of: HTMLElement) => of.checkVisibility({ visibilityProperty: true }) && height(of) > 0;
    // A tick or a hidden file field is pressed by its label.
    const label = (of: HTMLElement) => (of instanceof HTMLInputElement ? of.labels?.[0] : null);
    const inText = (of: HTMLElement) => {
      const words = of.parentElement?.textContent?.trim() ?? "";
      return of.matches("a") && getComputedStyle(of).display === "inline" && words !== of.textContent?.trim();
    };
    const low = targets.filter(
      (of) => seen(of) && Math.max(height(of), height(label(of))) < LOWEST - 0.5 && !inText(of) && !of.matches(":disabled"),
    );
    return low.map((of) => `${of.tagName.toLowerCase()}.${of.className} ${Math.round(height(of))} px: ${(of.textContent || of.getAttribute("aria-label") || "").trim().slice(0, 40)}`);
  });
}

/** Changes the look and waits until the page has followed and nothing moves. */
async function show(page: Page, { width, height, colorScheme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height });
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ends = document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(ends.map((animation) => animation.finished));
  });
}

/** What makes the page scroll sideways; tables scroll in a box of their own. */
async function pokesOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
  });
}

/**
 * Presses Tab until `target` has the focus, as somebody without a mouse does.
 * Every stop on the way must show where the focus is.
 */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    const hidden = await page.evaluate(() => {
      const at = document.activeElement;
      // The parts of a date's control are the browser's own and show focus themselves.
      if (!at || at === document.body || at.matches("input[type=date]")) return "";
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      const shown = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
      return shown ? "" : at.outerHTML.slice(0, 120);
    });
    expect(hidden, "a stop without a visible focus").toBe("");
  }
  await expect(target, "reachable with Tab").toBeFocused();
}
