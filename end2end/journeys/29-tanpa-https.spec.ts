import { expect, test } from "../support/journey.ts";
import { cell, enter, openEntry, openMenu, recapRow, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
/** What the app says where the browser does not trust the address. */
const PLAINLY = [
  "Alamat ini tidak memakai sambungan aman (https).",
  "Takar tetap dapat dipakai selama tersambung",
  "tidak dapat dibuka tanpa sambungan",
  "peramban dapat menghapus isian yang belum terkirim",
  "Minta alamat https dari admin.",
];

test("over plain http the app says what will not work and why, and works while connected", async ({ device }) => {
  const secure = await device("aman");
  const laptop = await device("laptop", { plainName: "kantor.test" });
  const { page } = laptop;
  const notice = page.getByText(PLAINLY[0]!);

  await test.step("said before anybody signs in", async () => {
    await laptop.goto("/");
    expect(new URL(page.url()).hostname).toBe("kantor.test");
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await expect(page.getByRole("button", { name: /^Kasi Pemerintahan/ })).toBeVisible();
    for (const words of PLAINLY) await expect(notice).toContainText(words);
    await expect(notice).toHaveCount(1);
  });

  await test.step("a trusted address says nothing of it", async () => {
    await signIn(secure, "Inspektorat");
    expect(await secure.page.evaluate(() => isSecureContext)).toBe(true);
    await expect(secure.page.getByText("https")).toHaveCount(0);
    await openMenu(secure, "Rekap capaian");
  });

  await test.step("signed in it still says so, and a number reaches the office", async () => {
    await signIn(laptop, "Kasi Pemerintahan");
    await expect(page.getByRole("region", { name: "Pemberitahuan" })).toContainText(PLAINLY[0]!);
    await openEntry(laptop);
    await enter(laptop, INDICATOR, "5");
    await laptop.expectState("green");
    await expect(recapRow(secure, INDICATOR)).toContainText("5 Kasus");
  });

  await test.step("while the page is open a broken connection costs nothing", async () => {
    laptop.wire.cut();
    await enter(laptop, INDICATOR, "4");
    await expect(laptop.status).toContainText("1 belum terkirim");
  });

  await test.step("closed, it cannot be opened without a connection, as it said", async () => {
    await expect(page.reload()).rejects.toThrow(/net::ERR_/);
    await laptop.restart();
  });

  await test.step("connected again all is there, and goes to the office", async () => {
    laptop.wire.restore();
    await laptop.goto("/");
    await openEntry(laptop);
    await expect(cell(laptop, INDICATOR)).toHaveValue("4");
    await laptop.expectState("green");
    await expect(recapRow(secure, INDICATOR)).toContainText("4 Kasus");
  });
});
