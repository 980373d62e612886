// The pad: a canvas that turns a mouse, a pen or a finger into strokes. It knows nothing of
// networks; `changed(strokes, finished)` is called while a stroke grows and when it ends.

const PAD_PEN = 0.055; // the pen's width on the screen, in parts of the pad's side

class Pad {
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.strokes = [];
    this.history = []; // what undo brings back: the strokes before each change
    this.pointer = null;
    this.waiting = false;

    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      canvas.addEventListener(name, (event) => this.end(event));
    }
    // A long press of a finger must not open a menu in the middle of a stroke.
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  begin(event) {
    // One pointer at a time: a palm beside the pen, or a second finger, draws nothing.
    if (this.pointer !== null || event.button > 0) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true, focusVisible: false });
    this.pointer = event.pointerId;
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that is gone already cannot be captured, and need not be.
    }
    this.history.push(this.strokes);
    this.strokes = [...this.strokes, [this.place(event)]];
    this.later(false);
  }

  go(event) {
    if (event.pointerId !== this.pointer) return;
    event.preventDefault();
    // The browser hands over a few events at once; a quick stroke needs all of them.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) {
      this.strokes.at(-1).push(this.place(one));
    }
    this.later(false);
  }

  end(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.later(true);
  }

  key(event) {
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (command && letter === "z" && !event.shiftKey) this.undo();
    else if (!command && !event.altKey && letter === "c") this.clear();
    else return;
    event.preventDefault();
    event.stopPropagation(); // Jupyter's own C copies the cell
  }

  undo() {
    if (this.pointer !== null || this.history.length === 0) return;
    this.strokes = this.history.pop();
    this.later(true);
  }

  clear() {
    if (this.pointer !== null || this.strokes.length === 0) return;
    this.history.push(this.strokes); // undo brings a cleared drawing back
    this.strokes = [];
    this.later(true);
  }

  /** Where on the pad an event is, in parts of its side, rounded to a thousandth. */
  place(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const part = (value) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
    return [part((event.clientX - left) / width), part((event.clientY - top) / height)];
  }

  /** Draw and tell at most once per picture that the screen shows. */
  later(finished) {
    this.finished = this.waiting ? this.finished || finished : finished;
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
      this.changed(this.strokes, this.finished);
    });
  }

  draw() {
    const { canvas } = this;
    const side = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
    if (side === 0) return;
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, side, side);
    context.lineWidth = PAD_PEN * side;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = getComputedStyle(canvas).color;
    for (const stroke of this.strokes) {
      context.beginPath();
      context.moveTo(stroke[0][0] * side, stroke[0][1] * side);
      // A line of no length still leaves a dot where its ends are round.
      for (const [x, y] of stroke) context.lineTo(x * side, y * side);
      context.stroke();
    }
  }
}
