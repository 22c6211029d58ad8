import { expect, test, type Device } from "../support/journey.ts";
import { amount, openEntry, openMenu, recapRow, saveCard, signIn } from "../support/screens.ts";

interface Typed {
  route: string;
  indicator: string;
  number: string;
}

/** Opens every card in turn and types into those with one number, until `count` are typed. */
async function typeCards(phone: Device, routes: string[], count: number): Promise<Typed[]> {
  const typed: Typed[] = [];
  for (const route of routes) {
    if (typed.length === count) break;
    await phone.goto(route);
    const heading = phone.page.getByRole("heading", { level: 1 });
    await expect(phone.page.getByText(/^Indikator \d+ dari \d+$/)).toBeVisible();
    if (!(await amount(phone).isVisible())) continue;
    const indicator = (await heading.textContent()) ?? "";
    // The same indicator stands at several places of the plan: one row is enough.
    if (typed.some((before) => before.indicator === indicator)) continue;
    const number = String(typed.length + 1);
    if ((await amount(phone).inputValue()) === number) continue;
    await amount(phone).fill("");
    await amount(phone).pressSequentially(number);
    typed.push({ route, indicator, number });
  }
  return typed;
}

test("ten indicators typed without a server survive SIGKILL and reach the office", async ({ office, device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Sekretaris");
  await openMenu(laptop, "Rekap capaian");

  const phone = await device("hp", { phone: true });
  await signIn(phone, "Anggota Tim");
  await openEntry(phone, "Sub Bagian Umum dan Keuangan");
  const links = phone.page.getByRole("main").getByRole("listitem").getByRole("link");
  await expect(links.nth(20)).toBeVisible();
  const routes = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  await phone.waitUntilInstalled();
  // Signed in at the office, used elsewhere: the browser was closed in between.
  await phone.restart();

  await office.stop();
  phone.wire.cut();

  const typed = await test.step("deep links open and take ten numbers", () => typeCards(phone, routes, 10));
  expect(typed).toHaveLength(10);

  await test.step("the battery dies a second after the last key", async () => {
    const last = Date.now();
    await expect.poll(() => Date.now() - last).toBeGreaterThan(1000);
    await phone.kill();
    await phone.start();
  });

  await test.step("everything typed is there; save it", async () => {
    for (const { route, number } of typed) {
      await phone.goto(route);
      await expect(amount(phone)).toHaveValue(number);
      await saveCard(phone);
      // A number far from the last ones is asked about: it is right.
      const right = phone.page.getByRole("button", { name: /sudah benar$/i });
      await expect(phone.page.getByText(/^Tersimpan/).or(right).first()).toBeVisible();
      if (await right.isVisible()) await right.click();
    }
    await phone.expectState("offline");
    await expect(phone.status).toContainText("Tanpa sambungan · 10 belum terkirim");
  });

  const check = phone.page.getByRole("main").getByRole("listitem").filter({ hasText: typed[0]!.indicator });
  await test.step("the page to check says that they have not arrived", async () => {
    const unit = typed[0]!.route.split("/")[2];
    await phone.goto(`/kirim/${unit}`);
    await expect(check).toContainText("belum terkirim");
  });

  await test.step("connected again, the other device's Rekap fills without a reload", async () => {
    await office.start();
    phone.wire.restore();
    await phone.expectState("green");
    await expect(check).not.toContainText("belum terkirim");
    for (const { indicator, number } of typed) {
      await expect(recapRow(laptop, indicator).getByText(new RegExp(`^${number}( |%|$)`)).first()).toBeVisible();
    }
  });
});
