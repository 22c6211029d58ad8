import { expect, test } from "../support/journey.ts";
import { amount, openEntry, openMenu, recapRow, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

test("a value filled in on a 360 px phone reaches another device", async ({ device }) => {
  const phone = await device("hp", { phone: true });
  const laptop = await device("laptop");

  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Rekap capaian");
  await expect(recapRow(laptop, INDICATOR)).toContainText("6 Kasus");

  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await phone.page.getByRole("link", { name: INDICATOR }).click();
  await expect(amount(phone)).toHaveValue("6");
  await amount(phone).fill("5");
  await phone.page.getByRole("button", { name: "Simpan & lanjut" }).click();

  await phone.expectState("green");
  await expect(recapRow(laptop, INDICATOR)).toContainText("5 Kasus");
});
