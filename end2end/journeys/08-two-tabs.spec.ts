import { Inspector } from "../support/inspector.ts";
import { expect, test } from "../support/journey.ts";
import { cell, enter, openEntry, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

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
    await expect(cell(laptop, INDICATOR)).toHaveValue("5");
    await enter(laptop, INDICATOR, "4");
    await laptop.expectState("green");
    laptop.page = second;
    await expect(cell(laptop, INDICATOR)).toHaveValue("4");
    expect(await inspector.log()).toHaveLength(before + 2);
  });
});
