// One weight on the parabola 1/2 w^2: at which rate does it stop arriving?

start("downhill", (root, {from, steps, rate}) => {
  const WIDTH = 340, HEIGHT = 190, SPAN = 3;
  const state = {rate, from};
  const loss = (w) => (w * w) / 2;
  const highest = loss(SPAN);
  const x = (w) => WIDTH / 2 + (w / SPAN) * (WIDTH / 2 - 8);
  const y = (value) => HEIGHT - 24 - (value / highest) * (HEIGHT - 34);
  const panels = make(root, "div", {class: "panels"});
  const svg = panel(panels, `The loss ½ w², and ${steps} steps`, WIDTH, HEIGHT, "a parabola and a path");
  svg.parentElement.classList.add("wide");
  const world = make(svg, "g");
  const curve = Array.from({length: 81}, (_, n) => { const w = SPAN * (n / 40 - 1); return `${x(w)},${y(loss(w))}`; });
  make(world, "polyline", {points: curve.join(" "), fill: "none", stroke: "var(--line)", "stroke-width": 3});
  const line = make(world, "polyline", {fill: "none", stroke: "var(--orange)", "stroke-width": 1.5, "stroke-dasharray": "4 3"});
  const dots = Array.from({length: steps + 1}, () => make(world, "circle", {r: 4, fill: "var(--orange)"}));
  make(svg, "line", {class: "axis", x1: 0, x2: WIDTH, y1: HEIGHT - 22, y2: HEIGHT - 22});
  for (let w = -SPAN + 1; w < SPAN; w++) make(svg, "text", {class: "small muted", x: x(w), y: HEIGHT - 8}, shown(w, 0));
  const first = make(svg, "g");
  make(first, "circle", {r: 16, fill: "transparent"});
  make(first, "circle", {r: 8, fill: "var(--blue)"});
  const limits = {label: "the weight at the start", min: -SPAN, max: SPAN, step: 0.1};
  const put = (w) => { state.from = w; draw(); };
  drag(first, (at) => put(rounded(((at - WIDTH / 2) / (WIDTH / 2 - 8)) * SPAN, -SPAN, SPAN, 0.1)));
  const say = handle(first, limits, () => state.from, put);
  const {line: told, controls} = aside(panels);
  const putRate = slider(controls, {label: "rate", min: 0, max: 4, step: 0.05, value: rate}, (value) => { state.rate = value; draw(); });
  button(controls, "start again", () => {
    Object.assign(state, {rate, from});
    putRate(rate);
    draw();
  });

  function draw() {
    const path = descend("gradient descent", state.rate, 0, [state.from], ([w]) => [w], steps).map(([w]) => w);
    const points = path.map((w) => [x(w), y(loss(w))].map((at) => Math.max(-1e4, Math.min(1e4, at))));
    set(line, {points: points.map((point) => point.join()).join(" ")});
    dots.forEach((dot, t) => set(dot, {cx: points[t][0], cy: points[t][1]}));
    set(first, {transform: `translate(${points[0].join(" ")})`});
    const factor = 1 - state.rate;
    tell(told, "Here the slope is w itself, so each step multiplies w by 1 − rate = ", ["factor", shown(factor)],
      `. After ${steps} steps w is `, ["w", shown(path[steps], 3)], ", ",
      Math.abs(factor) > 1 ? "farther from 0 at every step."
        : Math.abs(factor) === 1 ? "no nearer to 0: this is the edge." : "on its way to 0.");
    say();
  }
  draw();
});
