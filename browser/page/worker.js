// One instance of the module. What ends the instance is told to the page, which makes a new one.
"use strict";
let given = "";
let panic = "";
let desk = null;
let read = null;
self.xhhtPanicked = (what) => { panic = what; };

const taken = (checked) => {
  const told = JSON.parse(checked.told);
  const copies = told.copies.map((copy, at) => ({ ...copy, bytes: checked.take(at) }));
  checked.free();
  return { told, copies };
};

/** The plan is read once, by the workers that read files. */
const reading = () => (read ??= new wasm_bindgen.Reading(given));

/** What can be asked. */
const calls = {
  check: (...asked) => taken(reading().check(...asked)),
  broken: (...asked) => taken(reading().broken(...asked)),
  open_file: (...asked) => reading().open_file(...asked),
  broken_file: (...asked) => wasm_bindgen.broken_file(...asked),
  begin: () => { desk = new wasm_bindgen.SeasonDesk(given); return true; },
  lying: (names) => JSON.parse(wasm_bindgen.lying(names)),
  plans: () => JSON.parse(wasm_bindgen.plans()),
  plan_of: (...asked) => JSON.parse(wasm_bindgen.plan_of(...asked)),
  take: (...asked) => desk.take(...asked),
  set_apart: (...asked) => desk.set_apart(...asked),
  take_decisions: (...asked) => desk.take_decisions(...asked),
  take_workbook: (...asked) => JSON.parse(desk.take_workbook(...asked) ?? "null"),
  take_past: (...asked) => desk.take_past(...asked),
  decide: (...asked) => desk.decide(...asked),
  withdraw: (...asked) => desk.withdraw(...asked),
  season: (...asked) => JSON.parse(desk.season(...asked)),
  consolidate: (...asked) => desk.consolidate(...asked, (all, path, bytes) =>
    self.postMessage({ part: { all, path, bytes } }, [bytes.buffer])),
  bundled: (files) => {
    const bundle = new wasm_bindgen.Bundle();
    for (const { path, bytes } of files) bundle.add(path, bytes);
    return bundle.finish();
  },
};

self.onmessage = (event) => {
  const asked = event.data;
  try {
    if (asked.module) {
      wasm_bindgen.initSync({ module: asked.module });
      wasm_bindgen.say_panics();
      if (asked.megabytes) wasm_bindgen.limit_memory(asked.megabytes);
      given = asked.given;
      return;
    }
    panic = "";
    self.postMessage({ value: calls[asked.call](...asked.given) });
  } catch (error) {
    // A sentence is the module's own; anything else is the end of the instance, by a panic or for want of memory.
    self.postMessage(typeof error === "string" ? { failed: error } : { broke: panic ? "panic" : "memory", said: panic || String(error) });
  }
};
