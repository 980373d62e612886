// What the things to touch share: elements, numbers, sliders and dragging.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = new Set(["svg", "g", "rect", "circle", "ellipse", "line", "path", "text", "polyline"]);

// A new element at the end of `parent`: make(panel, "rect", {x: 0, y: 0}, "its text").
function make(parent, tag, attributes = {}, text = "") {
  const element = SHAPES.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  set(element, attributes);
  if (text) element.textContent = text;
  parent.append(element);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

// A number as it is written: two decimals, a true minus sign, no minus before 0.00.
function shown(value, decimals = 2) {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e6) return "too large";
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

// A sentence with numbers in it: tell(line, "The loss is ", ["loss", "0.25"], " nats.").
function tell(line, ...parts) {
  line.replaceChildren();
  for (const part of parts) {
    if (typeof part === "string") line.append(part);
    else make(line, "b", {"data-name": part[0]}, part[1]);
  }
}

// A panel with a heading and a drawing that is `width` units wide, about a phone's pixels.
function panel(parent, heading, width, height, description) {
  const box = make(parent, "div", {class: "panel"});
  make(box, "div", {class: "heading"}, heading);
  return make(box, "svg", {viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": description});
}

// A native slider with its label and its value; changed(value) runs at every move. A logarithmic
// one runs over powers of ten. Returns a function that puts it elsewhere.
function slider(parent, {label, min, max, step, value, log = false, decimals = 2}, changed) {
  const row = make(parent, "label", {class: "slider"});
  const name = make(row, "span", {}, label);
  const output = make(row, "output");
  const input = make(row, "input", {type: "range", min, max, step});
  const show = (value) => {
    output.textContent = shown(value, decimals);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  const put = (value, label) => {
    input.value = log ? Math.log10(value) : value;
    if (label) name.textContent = label;
    show(value);
  };
  input.addEventListener("input", () => {
    const value = log ? 10 ** Number(input.value) : Number(input.value);
    show(value);
    changed(value);
  });
  put(value);
  return put;
}

function choice(parent, label, options, value, changed) {
  const row = make(parent, "label", {}, `${label} `);
  const select = make(row, "select");
  options.forEach((option, n) => make(select, "option", {value: n}, option));
  select.value = value;
  select.addEventListener("change", () => changed(Number(select.value)));
  return (value) => { select.value = value; };
}

function button(parent, text, pressed) {
  make(parent, "button", {type: "button"}, text).addEventListener("click", pressed);
}

// A place beside the drawings for what is said and set; below them on a phone.
function aside(panels) {
  const box = make(panels, "div", {class: "panel"});
  return {line: make(box, "p", {"aria-live": "polite"}), controls: make(box, "div", {class: "controls"}), box};
}

// Follow a pointer that is pressed on an element: moved(x, y), in the drawing's own units.
function drag(element, moved) {
  const report = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY);
    const {x, y} = at.matrixTransform(element.ownerSVGElement.getScreenCTM().inverse());
    moved(x, y, event.type === "pointerdown");
  };
  element.classList.add("drag");
  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    element.focus();
    report(event);
    event.preventDefault();
  });
  element.addEventListener("pointermove", (event) => {
    if (element.hasPointerCapture(event.pointerId)) report(event);
  });
}

// Make a shape a slider for the keyboard and for screen readers: arrows, Page and Home keys.
// Returns a function that says where it stands.
function handle(element, {label, min, max, step}, get, put) {
  set(element, {role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": min, "aria-valuemax": max});
  const moves = {ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10};
  element.addEventListener("keydown", (event) => {
    let value = event.key === "Home" ? min : event.key === "End" ? max : get();
    if (event.key in moves) value += moves[event.key] * step;
    else if (event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    event.stopPropagation(); // a notebook has its own use for arrow keys
    put(rounded(value, min, max, step));
  });
  return () => set(element, {"aria-valuenow": get(), "aria-valuetext": shown(get())});
}

// The nearest multiple of `step` between two limits.
function rounded(value, min, max, step) {
  const whole = Math.round(value / step) * step;
  return Number(Math.min(max, Math.max(min, whole)).toFixed(6));
}

// From -1 (blue) over 0 (paper) to 1 (red), as the course's pictures of weights.
function signedColour(share) {
  const strength = Math.min(1, Math.abs(share));
  const [r, g, b] = share > 0 ? [178, 24, 43] : [33, 102, 172];
  const mix = (colour) => Math.round(250 + (colour - 250) * strength);
  return `rgb(${mix(r)},${mix(g)},${mix(b)})`;
}

// Build the thing in the element around this script; without one (a shadow tree) in all that wait.
function start(name, build) {
  const own = document.currentScript && document.currentScript.closest(".digit-touch");
  const waiting = document.querySelectorAll(`.digit-touch[data-touch="${name}"]:not([data-started])`);
  for (const root of own ? [own] : waiting) {
    root.dataset.started = "";
    root.replaceChildren(root.querySelector("style"));
    root.addEventListener("keydown", (event) => event.stopPropagation());
    build(root, JSON.parse(root.dataset.settings));
  }
}
