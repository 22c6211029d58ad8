import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";

import { expect, test } from "../support/journey.ts";
import { builtSite } from "../support/office.ts";
import { amount, openCard, openEntry, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";
const tool = path.resolve(import.meta.dirname, "../tools/next-version.mjs");

test("a new version waits for a press and costs no draft", async ({ office, device }, info) => {
  const next = info.outputPath("next-site");
  execFileSync("node", [tool, "--from", builtSite, "--out", next, "--label", "berikut"]);
  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await phone.waitUntilInstalled();
  await openCard(phone, INDICATOR);
  await amount(phone).fill("5");
  await expect(phone.status).toContainText("1 draf belum disimpan");

  await office.stop();
  await office.start(next);

  const newVersion = phone.page.locator('meta[name="takar-version"]');
  const press = phone.page.getByRole("button", { name: "Pakai versi baru" });
  await test.step("the old version keeps working while the new one waits", async () => {
    await phone.page.reload();
    await expect(press).toBeVisible();
    await expect(newVersion).toHaveCount(0);
    await phone.page.reload();
    await expect(newVersion).toHaveCount(0);
    await expect(amount(phone)).toHaveValue("5");
  });

  await test.step("a press changes the version, and the draft is there", async () => {
    await press.click();
    await expect(newVersion).toHaveCount(1);
    await expect(amount(phone)).toHaveValue("5");
    await expect(press).toBeHidden();
  });

  await test.step("the new version also starts without a connection", async () => {
    phone.wire.cut();
    await phone.page.reload();
    await expect(newVersion).toHaveCount(1);
    await expect(amount(phone)).toHaveValue("5");
  });
  rmSync(next, { recursive: true, force: true });
});
