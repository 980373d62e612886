// Five numbers of one column: drag one, and batch norm moves all five outputs.

start("batch_norm", (root, {x, gamma, beta}) => {
  const WIDTH = 340, HEIGHT = 168, TOP = 46, BOTTOM = 128, SPAN = 8; // both lines from -8 to 8
  const state = {x: [...x], gamma, beta};
  const names = ["A", "B", "C", "D", "E", "F", "G", "H"];
  const place = (value) => WIDTH / 2 + (Math.max(-SPAN, Math.min(SPAN, value)) / SPAN) * (WIDTH / 2 - 14);
  const panels = make(root, "div", {class: "panels"});
  const svg = panel(panels, "Drag a point on the upper line", WIDTH, HEIGHT, "a batch of numbers and its outputs");
  svg.parentElement.classList.add("wide");

  for (const [y, label] of [[TOP, "x, the batch"], [BOTTOM, "y = γ x̂ + β"]]) {
    make(svg, "line", {class: "axis", x1: 6, x2: WIDTH - 6, y1: y, y2: y});
    make(svg, "text", {class: "small muted", x: 6, y: y === TOP ? 10 : y + 36, style: "text-anchor: start"}, label);
    for (let tick = -6; tick <= 6; tick += 2) {
      make(svg, "line", {class: "axis", x1: place(tick), x2: place(tick), y1: y - 3, y2: y + 3});
    }
  }
  for (let tick = -6; tick <= 6; tick += 2) {
    make(svg, "text", {class: "small muted", x: place(tick), y: BOTTOM + 22}, shown(tick, 0));
  }
  const band = make(svg, "rect", {y: TOP - 6, height: 12, rx: 3, fill: "var(--pale)"});
  const middle = make(svg, "line", {y1: TOP - 12, y2: TOP + 12, stroke: "var(--ink)", "stroke-width": 2});
  const about = make(svg, "text", {class: "small", y: TOP - 19});
  const wires = x.map(() => make(svg, "line", {stroke: "var(--line)", "stroke-dasharray": "3 3"}));
  batchNorm(x, gamma, beta).y.forEach((value) =>
    make(svg, "circle", {cx: place(value), cy: BOTTOM, r: 7, fill: "none", stroke: "var(--line)", "stroke-width": 2}));
  const outputs = x.map((_, n) => point(n, BOTTOM, "var(--orange)"));
  const inputs = x.map((_, n) => point(n, TOP, "var(--blue)"));

  function point(n, y, colour) {
    const group = make(svg, "g");
    make(group, "circle", {r: 16, fill: "transparent"}); // room for a finger
    make(group, "circle", {r: 8, fill: colour});
    make(group, "text", {class: "small", y: 3.5, style: "fill: var(--paper); font-weight: 700"}, names[n]);
    return {group, move: (value) => set(group, {transform: `translate(${place(value)} ${y})`})};
  }

  const handles = inputs.map(({group}, n) => {
    const put = (value) => { state.x[n] = value; draw(); };
    drag(group, (at) => put(rounded(((at - WIDTH / 2) / (WIDTH / 2 - 14)) * SPAN, -SPAN, SPAN, 0.1)));
    return handle(group, {label: `x of ${names[n]}`, min: -SPAN, max: SPAN, step: 0.1}, () => state.x[n], put);
  });

  const {line, controls, box: side} = aside(panels);
  const table = make(side, "table", {"aria-label": "the numbers"});
  side.prepend(table);
  const head = make(table, "tr");
  make(head, "th");
  x.forEach((_, n) => make(head, "th", {scope: "col"}, names[n]));
  const cells = ["x", "x̂", "y"].map((name) => {
    const row = make(table, "tr");
    make(row, "th", {scope: "row"}, name);
    return x.map((_, n) => make(row, "td", {"data-name": `${name === "x̂" ? "x-hat" : name} ${n}`}));
  });
  const putGamma = slider(controls, {label: "γ, the scale", min: 0, max: 3, step: 0.1, value: gamma}, (v) => { state.gamma = v; draw(); });
  const putBeta = slider(controls, {label: "β, the shift", min: -3, max: 3, step: 0.1, value: beta}, (v) => { state.beta = v; draw(); });
  button(controls, "start again", () => {
    Object.assign(state, {x: [...x], gamma, beta});
    putGamma(gamma);
    putBeta(beta);
    draw();
  });

  function draw() {
    const {mean, variance, xHat, y} = batchNorm(state.x, state.gamma, state.beta);
    const std = Math.sqrt(variance);
    inputs.forEach(({move}, n) => move(state.x[n]));
    outputs.forEach(({move}, n) => move(y[n]));
    wires.forEach((wire, n) => set(wire, {x1: place(state.x[n]), y1: TOP, x2: place(y[n]), y2: BOTTOM}));
    set(band, {x: place(mean - std), width: place(mean + std) - place(mean - std)});
    set(middle, {x1: place(mean), x2: place(mean)});
    set(about, {x: Math.max(60, Math.min(WIDTH - 60, place(mean)))});
    about.textContent = "mean ± standard deviation";
    [state.x, xHat, y].forEach((values, row) => values.forEach((value, n) => { cells[row][n].textContent = shown(value); }));
    tell(line, "Mean ", ["mean", shown(mean)], ", standard deviation ", ["std", shown(std)],
      ". The rings are where the outputs stood at the start.");
    handles.forEach((say) => say());
  }
  draw();
});
