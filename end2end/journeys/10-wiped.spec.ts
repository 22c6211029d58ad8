import { expect, test } from "../support/journey.ts";
import { enter, openEntry, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

test("a browser that wiped the app's data is red and names what had not arrived", async ({ device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");

  await test.step("ten saves cannot be pushed, but the office hears how many wait", async () => {
    laptop.wire.block("/api/v1/push");
    for (const number of ["10", "9", "8", "7", "5", "4", "3", "2", "1", "0"]) {
      await enter(laptop, INDICATOR, number);
      await expect(laptop.page.getByRole("textbox", { name: `Realisasi ${INDICATOR}` })).toHaveValue(number);
    }
    await expect(laptop.status).toContainText("10 belum terkirim");
    await laptop.wire.request("/api/v1/report");
  });

  await test.step("the browser clears the storage and keeps the cookie", async () => {
    const session = await laptop.context.newCDPSession(laptop.page);
    const storageTypes = "indexeddb,local_storage,cache_storage,service_workers,file_systems,websql";
    await laptop.goto("about:blank");
    await session.send("Storage.clearDataForOrigin", { origin: laptop.address, storageTypes });
    await laptop.goto("/");
  });

  await laptop.expectState("wiped");
  await expect(laptop.page.getByText(/terhapus oleh peramban, 10 isian belum sampai di kantor/).first()).toBeVisible();
});
