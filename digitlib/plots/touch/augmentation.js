// A digit bent along a smooth random field: two sliders, how far and how smoothly.

start("augmentation", (root, {pixels, noise, unit, alpha, sigma}) => {
  const SIDE = 28, CELL = 12;
  const X = pixels.map((ink) => ink / 255);
  const fresh = () => ({noise: noise.map((axis) => axis.map((n) => n / unit)), alpha, sigma});
  let state = fresh();
  const panels = make(root, "div", {class: "panels"});
  const left = panel(panels, "The digit; arrows lead to where ink is fetched", SIDE * CELL, SIDE * CELL, "the digit with arrows");
  const right = panel(panels, "The same digit, bent", SIDE * CELL, SIDE * CELL, "the bent digit");
  const grey = (ink) => `rgb(${Array(3).fill(Math.round(250 - 235 * ink)).join()})`;
  const cells = [left, right].map((svg) => {
    svg.classList.add("pixels");
    return X.map((ink, n) => make(svg, "rect",
      {x: (n % SIDE) * CELL, y: Math.floor(n / SIDE) * CELL, width: CELL, height: CELL, fill: grey(ink)}));
  });
  const tips = []; // one arrow for every fourth pixel: [its pixel, its line, its tip]
  for (let y = 2; y < SIDE; y += 4) {
    for (let x = 2; x < SIDE; x += 4) {
      const look = {stroke: "#d55e00", "stroke-width": 2};
      tips.push([SIDE * y + x, make(left, "line", look), make(left, "circle", {r: 3, fill: "#d55e00"})]);
    }
  }
  const {line, controls} = aside(panels);
  const putAlpha = slider(controls, {label: "α, how far", min: 0, max: 100, step: 1, value: alpha, decimals: 0},
    (value) => { state.alpha = value; draw(); });
  const putSigma = slider(controls, {label: "σ, how smoothly", min: 1, max: 10, step: 0.1, value: sigma, decimals: 1},
    (value) => { state.sigma = value; draw(); });
  button(controls, "another field", () => {
    state.noise = noise.map((axis) => axis.map(() => 2 * Math.random() - 1));
    draw();
  });
  button(controls, "start again", () => {
    state = fresh();
    putAlpha(alpha);
    putSigma(sigma);
    draw();
  });

  function draw() {
    const [dx, dy] = state.noise.map((axis) => smoothed(axis, state.alpha, state.sigma));
    fetched(X, dx, dy).forEach((ink, n) => set(cells[1][n], {fill: grey(ink)}));
    for (const [n, arrow, tip] of tips) {
      const x = ((n % SIDE) + 0.5) * CELL, y = (Math.floor(n / SIDE) + 0.5) * CELL;
      set(arrow, {x1: x, y1: y, x2: x + dx[n] * CELL, y2: y + dy[n] * CELL});
      set(tip, {cx: x + dx[n] * CELL, cy: y + dy[n] * CELL});
    }
    const far = dx.map((step, n) => Math.hypot(step, dy[n]));
    tell(line, "A pixel moves by ", ["mean", shown(add(far) / far.length)], " pixels on average, by ",
      ["most", shown(Math.max(...far))], " at most. Is it still the same digit?");
  }
  draw();
});
