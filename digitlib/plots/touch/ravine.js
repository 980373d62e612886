// Three optimisers in one ravine, each with its own rate; turn the ravine and see who minds.

start("ravine", (root, {flat, steep, from, steps, rates, momentum, angle}) => {
  const SIZE = 340, SPAN = 12, unit = SIZE / (2 * SPAN);
  const looks = {
    "gradient descent": {colour: "var(--blue)", dash: "none"},
    "momentum": {colour: "var(--orange)", dash: "7 3"},
    "Adam": {colour: "var(--pink)", dash: "2 3"},
  };
  const names = Object.keys(looks);
  const fresh = () => ({rates: [...rates], momentum, angle, shown: names.map(() => true)});
  let state = fresh();
  const place = ([u, v]) => [SIZE / 2 + unit * u, SIZE / 2 - unit * v];

  const panels = make(root, "div", {class: "panels"});
  const svg = panel(panels, "The ravine from above", SIZE, SIZE, "the paths of three optimisers");
  const world = make(svg, "g");
  make(world, "rect", {width: SIZE, height: SIZE, fill: "none", stroke: "var(--line)"});
  const rings = make(world, "g");
  for (let level = 0.5; level < 3000; level *= 3) {
    make(rings, "ellipse", {
      rx: unit * Math.sqrt((2 * level) / flat), ry: unit * Math.sqrt((2 * level) / steep),
      fill: "none", stroke: "var(--line)",
    });
  }
  make(world, "text", {x: SIZE / 2, y: SIZE / 2 + 5, "aria-label": "the minimum"}, "✕");
  const paths = names.map((name) => ({
    line: make(world, "polyline", {fill: "none", stroke: looks[name].colour, "stroke-width": 2, "stroke-dasharray": looks[name].dash}),
    dots: Array.from({length: steps + 1}, () => make(world, "circle", {r: 1.7, fill: looks[name].colour})),
  }));
  const begin = make(world, "circle", {r: 6, fill: "none", stroke: "var(--ink)", "stroke-width": 2});

  const side = make(panels, "div", {class: "panel"});
  make(side, "div", {class: "heading"}, `Loss after ${steps} steps, each at its own rate`);
  const rows = names.map((name, n) => {
    const label = make(side, "label", {style: `display: block; margin-top: 8px; color: ${looks[name].colour}; font-weight: 600`});
    const box = make(label, "input", {type: "checkbox", checked: ""});
    label.append(` ${name}: loss `);
    const loss = make(label, "b", {"data-name": `loss ${n}`});
    box.addEventListener("change", () => { state.shown[n] = box.checked; draw(); });
    const put = slider(side, {label: "rate", min: -3, max: 1, step: 0.02, value: rates[n], log: true, decimals: 3},
      (rate) => { state.rates[n] = rate; draw(); });
    return {box, loss, put};
  });
  make(side, "div", {style: "height: 14px"});  // what follows is not Adam's alone
  const putMomentum = slider(side, {label: "momentum μ", min: 0, max: 0.99, step: 0.01, value: momentum}, (value) => { state.momentum = value; draw(); });
  const putAngle = slider(side, {label: "angle", min: 0, max: 90, step: 1, value: angle, decimals: 0}, (value) => { state.angle = value; draw(); });
  make(side, "p", {}, "Adam uses μ as its β₁.");
  button(side, "start again", () => {
    state = fresh();
    rows.forEach(({box, put}, n) => { box.checked = true; put(rates[n]); });
    putMomentum(momentum);
    putAngle(angle);
    draw();
  });

  function draw() {
    const valley = ravine(flat, steep, state.angle), first = valley.place(from);
    set(rings, {transform: `translate(${SIZE / 2} ${SIZE / 2}) rotate(${-state.angle})`});
    const [x, y] = place(first);
    set(begin, {cx: x, cy: y});
    names.forEach((name, n) => {
      const path = descend(name, state.rates[n], state.momentum, first, valley.slope, steps);
      rows[n].loss.textContent = shown(valley.loss(path[steps]), 3);
      // What has exploded is drawn as far as the frame's surroundings.
      const points = path.map((point) => place(point).map((at) => Math.max(-1e4, Math.min(1e4, at)) || 0));
      set(paths[n].line, {points: points.map((point) => point.join()).join(" "), visibility: state.shown[n] ? "visible" : "hidden"});
      paths[n].dots.forEach((dot, t) => set(dot, {cx: points[t][0], cy: points[t][1], visibility: state.shown[n] ? "visible" : "hidden"}));
    });
  }
  draw();
});
