import { Inspector } from "../support/inspector.ts";
import { expect, test } from "../support/journey.ts";
import { enter, openEntry, signIn } from "../support/screens.ts";

const INDICATOR = "Keluhan belum tertangani";

test("an answer that is lost after the commit leads to one record, and green waits for it", async ({ office, device }) => {
  const laptop = await device("laptop");
  await signIn(laptop, "Kasi Pemerintahan");
  await openEntry(laptop);
  await laptop.expectState("green");
  const inspector = await Inspector.open(office, /^Inspektorat/);
  const before = (await inspector.log()).length;

  const lost = laptop.wire.loseAnswer("/api/v1/push");
  await enter(laptop, INDICATOR, "5");
  await lost;
  laptop.wire.block("/api/v1/push");

  await test.step("the office has it, the device does not know: not green", async () => {
    expect(await inspector.log()).toHaveLength(before + 1);
    await laptop.expectState(/waiting|sending|offline/);
    await laptop.page.reload();
    await laptop.expectState(/waiting|sending|offline/);
  });

  await test.step("the repeated push gets the stored verdict", async () => {
    laptop.wire.restore();
    await laptop.expectState("green");
    expect(await inspector.log()).toHaveLength(before + 1);
  });
});
