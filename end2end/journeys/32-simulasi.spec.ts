import { expect, test } from "../support/journey.ts";
import { openCard, openEntry, openMenu, saveCard, signIn } from "../support/screens.ts";

const INDICATOR = "Nagari tertib administrasi";

test("the demo's switch cuts the connection: ticks outlive the tab, wait, and arrive when it is switched on", async ({ device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openMenu(laptop, "Isi data");
  const line = laptop.page.getByRole("row").filter({ hasText: INDICATOR }).first();
  await expect(line).toContainText("16 dari 20");

  const phone = await device("hp", { phone: true });
  await signIn(phone, "Staf lapangan");
  await openEntry(phone);
  await phone.waitUntilInstalled();
  const cut = () => phone.page.getByRole("switch", { name: "Putuskan sambungan (simulasi)" });
  const ticks = () => phone.page.getByRole("checkbox", { name: /^Nagari Contoh / });
  const ticked = () =>
    ticks().evaluateAll((all) => all.filter((tick) => (tick as HTMLInputElement).checked).map((tick) => tick.id));
  let chosen: string[] = [];

  await test.step("cut, and three nagari ticked", async () => {
    await cut().check();
    await phone.expectState("offline");
    await openCard(phone, INDICATOR);
    const open = ticks().and(phone.page.locator(":not(:checked)"));
    await expect(ticks()).toHaveCount(20);
    for (let n = 0; n < 3; n++) await open.first().check();
    chosen = await ticked();
    expect(chosen).toHaveLength(19);
    await expect(phone.status).toContainText("draf belum disimpan");
  });

  await test.step("the tab is closed and opened again: all there, still cut", async () => {
    const route = new URL(phone.page.url()).pathname;
    const closed = phone.page;
    phone.page = await phone.context.newPage();
    await closed.close();
    await phone.goto(route);
    await expect(cut()).toBeChecked();
    await phone.expectState("offline");
    await expect(ticks()).toHaveCount(20);
    await expect.poll(ticked).toEqual(chosen);
  });

  await test.step("saved it waits, and nobody else has it", async () => {
    await saveCard(phone);
    await expect(phone.status).toContainText("1 belum terkirim");
    await expect(line).toContainText("16 dari 20");
  });

  await test.step("switched on it arrives, and the Kasi's window fills without a reload", async () => {
    await cut().uncheck();
    await phone.expectState("green");
    await expect(line).toContainText("19 dari 20");
  });
});
