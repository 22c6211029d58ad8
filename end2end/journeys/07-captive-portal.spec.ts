import { expect, test } from "../support/journey.ts";
import { cell, enter, openEntry, openMenu, recapRow, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

test("a captive portal's page is not the office: nothing turns green, nothing is lost", async ({ device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  await laptop.waitUntilInstalled();
  const other = await device("lain");
  await signIn(other, "Inspektorat");
  await openMenu(other, "Rekap capaian");

  laptop.wire.captivePortal();
  await enter(laptop, INDICATOR, "5");
  await laptop.expectState("offline");
  await expect(laptop.status).toContainText("1 belum terkirim");

  await test.step("the app opens behind the portal as well", async () => {
    await laptop.page.reload();
    await expect(cell(laptop, INDICATOR)).toHaveValue("5");
    await laptop.expectState("offline");
  });

  await test.step("behind the portal again, it sends by itself", async () => {
    laptop.wire.restore();
    await laptop.expectState("green");
    await expect(recapRow(other, INDICATOR)).toContainText("5 Kasus");
  });
});
