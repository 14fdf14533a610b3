"use strict";
// What every page of the program has: elements, the module, workers that hold it, findings as they are shown.
const xhht = (() => {
  // Seconds that one file may take, megabytes that its reading may take.
  const SECONDS = 20;
  const MEGABYTES = 1024;

  const at = (id) => document.getElementById(id);

  /** An element with its text, class and children. */
  const made = (name, about = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(about)) {
      if (value === false || value === null || value === undefined) continue;
      if (key === "text") element.textContent = value;
      else if (key === "class") element.className = value;
      else if (key === "click") element.addEventListener("click", value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...inside.filter((part) => part !== false && part !== null && part !== undefined));
    return element;
  };

  const two = (number) => String(number).padStart(2, "0");
  const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const whenOf = (date) =>
    `${two(date.getHours())} giờ ${two(date.getMinutes())}, ngày ${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;

  // ---- The module and its workers ----

  /** Bytes that were written as letters, five for four (`lettered` in the program). */
  const bytesOf = (text) => {
    const digit = (at) => {
      const letter = at < text.length ? text.charCodeAt(at) : 117;
      return letter === 118 ? 27 : letter - 33;
    };
    const whole = Math.ceil(text.length / 5);
    const bytes = new Uint8Array(whole * 4);
    const view = new DataView(bytes.buffer);
    for (let five = 0; five < whole; five += 1) {
      let number = 0;
      for (let at = five * 5; at < five * 5 + 5; at += 1) number = number * 85 + digit(at);
      view.setUint32(five * 4, number % 4294967296);
    }
    return bytes.subarray(0, bytes.length - (whole * 5 - text.length));
  };

  // Unpacked once; each worker makes an instance of it.
  const unpacked = (async () => {
    if (!xhhtAble) return null;
    const packed = bytesOf(at("mo-dun").textContent);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(stream).arrayBuffer());
  })();
  const script = URL.createObjectURL(new Blob([at("nguoi-lam").textContent], { type: "text/javascript" }));

  /** A worker that does one thing after another; a sentence of the module's own is thrown. */
  class Hand {
    static async made(given, megabytes = 0) {
      const hand = new Hand();
      hand.worker = new Worker(script);
      hand.worker.postMessage({ module: await unpacked, given, megabytes });
      return hand;
    }

    /** What a function of the module gives, `{ broke }` where the worker ends over it or does not answer in time. */
    ask(call, given, { seconds = 0, partly = null, move = [] } = {}) {
      return new Promise((answered, failed) => {
        const timer = seconds > 0 ? setTimeout(() => answered({ broke: "slow" }), seconds * 1000) : 0;
        this.worker.onmessage = (event) => {
          const what = event.data;
          if (what.part) { partly(what.part); return; }
          clearTimeout(timer);
          if (what.failed !== undefined) failed(new Error(what.failed)); else answered(what.broke ? what : what.value);
        };
        this.worker.onerror = (event) => {
          event.preventDefault();
          clearTimeout(timer);
          answered({ broke: "memory", said: event.message });
        };
        this.worker.postMessage({ call, given }, move);
      });
    }

    end() { this.worker.terminate(); }
  }

  /** Readers that are made anew where a file ends one. `call` reads a file, `broken` says what it means that none could. */
  class Readers {
    constructor(given, call, broken) {
      Object.assign(this, { given, call, broken });
      this.hand = Hand.made(given, MEGABYTES);
    }

    async read(file, path, longest, more = []) {
      const whole = file.slice(0, longest);
      let bytes;
      try {
        bytes = await whole.arrayBuffer();
      } catch (error) {
        throw new Error("Không đọc được tệp này từ máy. Hãy đóng tệp trong Excel, xem tệp còn ở đó không, rồi chọn lại.");
      }
      const given = [...more, path, new Uint8Array(bytes), file.lastModified];
      const answer = await (await this.hand).ask(this.call, given, { seconds: SECONDS, move: [bytes] });
      if (!answer.broke) return answer;
      await this.renew();
      const limit = answer.broke === "slow" ? SECONDS : MEGABYTES;
      const again = new Uint8Array(await whole.arrayBuffer());
      return (await this.hand).ask(this.broken, [...more, path, again, answer.broke, limit], { seconds: SECONDS });
    }

    async renew() {
      (await this.hand).end();
      this.hand = Hand.made(this.given, MEGABYTES);
    }
  }

  // ---- Files that are chosen and dropped ----

  /** The files of what was dropped, those in folders too, `most` at most and one more. */
  const inside = async (entry, path, most, files) => {
    if (files.length > most) return;
    if (entry.isFile) {
      const file = await new Promise((found, failed) => entry.file(found, failed));
      files.push({ file, path: path + file.name });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const entries = await new Promise((found, failed) => reader.readEntries(found, failed));
      if (entries.length === 0) return;
      for (const below of entries) await inside(below, `${path}${entry.name}/`, most, files);
    }
  };

  const dropped = async (transfer, most = Infinity) => {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }));
    const files = [];
    for (const entry of entries) await inside(entry, "", most, files);
    return files;
  };

  /** Whatever is dropped anywhere on the page is handed on. */
  const takesDrops = (place, take, failed) => {
    for (const kind of ["dragenter", "dragover"]) {
      document.addEventListener(kind, (event) => { event.preventDefault(); place.classList.add("over"); });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) place.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      event.preventDefault();
      place.classList.remove("over");
      try {
        await take(event.dataTransfer);
      } catch (error) {
        failed(error);
      }
    });
  };

  const save = (name, parts, type) => {
    const link = made("a", { download: name });
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const copied = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Đã sao chép.";
    } catch (error) {
      told.textContent = "Trình duyệt không cho sao chép; hãy bôi đen và sao chép phần trên.";
    }
  };

  // ---- Findings ----

  const place = (finding) => {
    const parts = [];
    if (finding.sheet) parts.push(`trang “${finding.sheet}”`);
    if (finding.cell) parts.push(`ô ${finding.cell}`);
    return parts.join(", ");
  };

  const pairs = (list) => {
    const told = list.filter(([, value]) => value);
    return told.length > 0 && made("dl", {}, ...told.flatMap(([name, value]) => [made("dt", { text: name }), made("dd", { text: value })]));
  };

  const finding = (about, ...more) => {
    const where = place(about);
    return made("li", { class: `finding ${about.severity}` },
      made("p", { class: "head" },
        made("strong", { class: "level", text: about.called }), " ",
        where && made("span", { class: "where", text: where }), " ",
        made("span", { class: "code", text: about.code })),
      made("p", { class: "cause", text: about.cause }),
      pairs([
        ["Mục", about.label],
        ["Đã ghi", about.typed && `“${about.typed}”`],
        ["Đọc là", about.read && `“${about.read}”`],
        ["Cần", about.expected],
      ]),
      made("p", { class: "cure" }, made("strong", { text: about.asks ? "Cách sửa: " : "Nếu chưa đúng: " }), about.cure),
      made("p", { class: "effect", text: about.effect }),
      ...more);
  };

  const findings = (list) => made("ol", { class: "findings" }, ...list.map((one) => finding(one)));

  /** Says that the page can do nothing, and why. */
  const stopped = (why) => {
    const told = at("khong-duoc");
    told.textContent = why;
    told.hidden = false;
    at("dang-lam").textContent = "";
  };

  return { SECONDS, at, made, dayOf, whenOf, unpacked, Hand, Readers, dropped, takesDrops, save, copied, pairs, finding, findings, stopped };
})();
