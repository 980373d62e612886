// A deep ReLU network before training: how large its values and its blame are, layer by layer, at
// the standard deviation that a slider sets.

start("initialisation", (root, {forward, back, width, std}) => {
  const WIDTH = 400, HEIGHT = 250, LEFT = 46, BOTTOM = 26, POWERS = 12; // from 10^-12 to 10^12
  const layers = forward.length;
  const panels = make(root, "div", {class: "panels"});
  const svg = panel(panels, "Size of values (●) and of blame (▲), layer by layer", WIDTH, HEIGHT, "sizes by layer");
  svg.parentElement.classList.add("wide");
  const x = (layer) => LEFT + ((layer - 0.5) / layers) * (WIDTH - LEFT);
  const y = (size) => {
    const power = Math.max(-POWERS, Math.min(POWERS, Math.log10(size)));
    return ((POWERS - power) / (2 * POWERS)) * (HEIGHT - BOTTOM - 12) + 6;
  };
  for (let power = -POWERS; power <= POWERS; power += 4) {
    const at = y(10 ** power);
    make(svg, "line", {class: "axis", x1: LEFT, x2: WIDTH, y1: at, y2: at, "stroke-width": power ? 0.5 : 2});
    make(svg, "text", {class: "muted", x: LEFT - 22, y: at + 4}, power ? `1e${power}`.replace("-", "−") : "1");
  }
  const marks = [forward, back].map((_, which) => Array.from({length: layers}, () =>
    make(svg, "path", which
      ? {d: "M -6 5 h 12 l -6 -10 z", fill: "var(--orange)"}
      : {d: "M -5 0 a 5 5 0 1 0 10 0 a 5 5 0 1 0 -10 0", fill: "var(--blue)"})));
  for (let layer = 1; layer <= layers; layer++) {
    make(svg, "text", {class: "muted", x: x(layer), y: HEIGHT - 8}, String(layer));
  }
  const {line, controls} = aside(panels);
  const put = slider(controls, {label: "standard deviation", min: -2, max: 0.5, step: 0.005, value: std, log: true, decimals: 3}, draw);
  button(controls, "start again", () => { put(std); draw(std); });
  const written = (size) => size.toExponential(1).replace("-", "−").replace("+", "");

  function draw(std) {
    const values = scaled(forward, std), blame = scaled(back, std).reverse();
    values.forEach((size, n) => set(marks[0][n], {transform: `translate(${x(n + 1)} ${y(size)})`}));
    blame.forEach((size, n) => set(marks[1][n], {transform: `translate(${x(n + 1)} ${y(size)})`}));
    tell(line, `${layers} ReLU layers of ${width} units. Each multiplies the size of the values by about `,
      ["factor", shown((values[layers - 1] / values[0]) ** (1 / (layers - 1)))], ". Behind the last one it is ",
      ["values", written(values[layers - 1])], "; the blame that reaches the first one is ", ["blame", written(blame[0])], ".");
  }
  draw(std);
});
