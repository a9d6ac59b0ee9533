/* Recording with the browser, and jumping to a second of a recording. Every page works without this file. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const TYPES = ["video/webm;codecs=vp9,opus", "video/webm", "video/mp4", "audio/webm;codecs=opus", "audio/webm",
    "audio/mp4", "audio/ogg"];

  function recorder(box) {
    const part = (name) => one(`[data-${name}]`, box);
    const input = document.getElementById(box.dataset.into), limit = Number(box.dataset.seconds);
    let stream, recording, timer, pieces, address;
    const show = (name) => ["ready", "live", "take"].forEach((each) => { part(each).hidden = each !== name; });

    function put(file) {
      const list = new DataTransfer();
      if (file) list.items.add(file);
      input.files = list.files;
    }

    function finish() {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      const type = recording.mimeType.split(";")[0];
      const blob = new Blob(pieces, { type });
      put(new File([blob], `recording.${type.split("/")[1]}`, { type }));
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(blob);
      const preview = part("preview");
      preview.src = address;
      preview.style.height = type.startsWith("audio") ? "3.25rem" : "";
      show("take");
    }

    async function start(kind) {
      part("said").textContent = "";
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: kind === "video" });
      } catch {
        part("said").textContent = box.dataset.refused;
        return;
      }
      const type = TYPES.find((each) => each.startsWith(kind) && MediaRecorder.isTypeSupported(each));
      recording = new MediaRecorder(stream, { ...(type && { mimeType: type }), videoBitsPerSecond: 1500000 });
      pieces = [];
      recording.ondataavailable = (event) => pieces.push(event.data);
      recording.onstop = finish;
      const mirror = part("mirror"), begun = performance.now();
      mirror.hidden = kind !== "video";
      if (kind === "video") { mirror.srcObject = stream; mirror.play(); }
      timer = setInterval(() => {
        const gone = Math.min((performance.now() - begun) / 1000, limit);
        part("time").textContent = clock(gone);
        one("progress", box).value = gone;
        if (gone >= limit && recording.state === "recording") recording.stop();
      }, 200);
      recording.start(1000);
      show("live");
      part("stop").focus();
    }

    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.record) start(button.dataset.record);
      else if ("stop" in button.dataset) recording.stop();
      else if ("again" in button.dataset) { put(null); show("ready"); }
    });
    box.hidden = false;
  }

  if (window.MediaRecorder && navigator.mediaDevices) document.querySelectorAll("[data-recorder]").forEach(recorder);

  const player = one("[data-player]");
  if (!player) return;
  /* a recording of a browser does not say how long it is until its end was looked for */
  player.addEventListener("loadedmetadata", () => {
    if (player.duration !== Infinity) return;
    player.addEventListener("timeupdate", () => { player.currentTime = 0; }, { once: true });
    player.currentTime = 1e7;
  });
  document.addEventListener("click", (event) => {
    const pin = event.target.closest("[data-seek]");
    if (!pin) return;
    event.preventDefault();
    player.currentTime = Number(pin.dataset.seek);
    player.play();
    player.scrollIntoView({ block: "nearest" });
  });
  /* the moment of the player stands in an empty field as soon as one comes to it */
  document.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-moment]");
    if (field && !field.value && player.currentTime > 0) field.value = clock(player.currentTime);
  });
})();
