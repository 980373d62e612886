// Ten scores to drag; what softmax makes of them, and the slope of the loss by each.

start("softmax", (root, {scores, truth, temperature, loss: withLoss}) => {
  const WIDTH = 340, STEP = 33, LEFT = 12, TOP = 6, TALL = 116, BASE = TOP + TALL;
  const state = {z: [...scores], truth, temperature};
  const panels = make(root, "div", {class: "panels"});
  const column = (k) => LEFT + k * STEP;

  // A panel of ten bars from a base line at height `zero`; returns what draws new values.
  function bars(heading, description, zero, unit, colour, name) {
    const svg = panel(panels, heading, WIDTH, BASE + 34, description);
    make(svg, "line", {class: "axis", x1: 0, x2: WIDTH, y1: zero, y2: zero});
    const columns = scores.map((_, k) => ({
      bar: make(svg, "rect", {x: column(k), width: 20}),
      digit: make(svg, "text", {x: column(k) + 10, y: BASE + 14}, String(k)),
      number: make(svg, "text", {class: "small", x: column(k) + 10, y: BASE + 29, "data-name": `${name} ${k}`}),
    }));
    const draw = (values) => columns.forEach(({bar, digit, number}, k) => {
      const high = Math.abs(values[k]) * unit, up = values[k] > 0;
      set(bar, {y: up ? zero - high : zero, height: high, fill: k === state.truth ? colour : "var(--line)"});
      set(digit, {style: k === state.truth ? `font-weight: 700; fill: ${colour}` : ""});
      number.textContent = shown(values[k]);
    });
    return {svg, draw};
  }

  const unit = TALL / 10; // scores run from -5 to 5
  const top = bars("Scores z: drag a bar", "ten scores to drag", TOP + TALL / 2, unit, "var(--blue)", "z");
  const middle = bars("Probabilities P = softmax(z / T)", "ten probabilities", BASE, TALL, "var(--blue)", "p");
  const bottom = withLoss &&
    bars("P − Y, the blame of each score", "probability minus truth", TOP + TALL / 2, TALL / 2, "var(--orange)", "p-y");

  const handles = scores.map((_, k) => {
    const area = make(top.svg, "rect", {x: column(k) - 6, y: 0, width: STEP, height: BASE + 2, fill: "transparent"});
    const put = (value) => { state.z[k] = value; draw(); };
    const knob = make(top.svg, "circle", {cx: column(k) + 10, r: 5, fill: "var(--paper)", stroke: "var(--blue)", "stroke-width": 3});
    top.svg.insertBefore(knob, area);
    const limits = {label: `score of digit ${k}`, min: -5, max: 5, step: 0.1};
    drag(area, (x, y) => put(rounded((TOP + TALL / 2 - y) / unit, -5, 5, 0.1)));
    const say = handle(area, limits, () => state.z[k], put);
    return () => {
      set(knob, {cy: TOP + TALL / 2 - state.z[k] * unit});
      say();
    };
  });

  const {line, controls} = aside(panels);
  const putTemperature = slider(controls,
    {label: "temperature T", min: -1, max: 1, step: 0.05, value: temperature, log: true},
    (value) => { state.temperature = value; draw(); });
  const digits = scores.map((_, k) => String(k));
  const putTruth = choice(controls, withLoss ? "true digit" : "digit to watch", digits, truth, (k) => { state.truth = k; draw(); });
  button(controls, "start again", () => {
    Object.assign(state, {z: [...scores], truth, temperature});
    putTemperature(temperature);
    putTruth(truth);
    draw();
  });

  function draw() {
    const {p, loss} = softmaxLoss(state.z, state.truth, state.temperature);
    const gap = p.map((share, k) => share - (k === state.truth ? 1 : 0));
    top.draw(state.z);
    middle.draw(p);
    handles.forEach((show) => show());
    if (!withLoss) {
      tell(line, `Digit ${state.truth} gets `, ["p true", shown(p[state.truth], 3)], ".");
      return;
    }
    bottom.draw(gap);
    tell(line, "The true digit gets ", ["p true", shown(p[state.truth], 3)], ", so the loss is ",
      ["loss", shown(loss, 3)], " nats. A score falls where P − Y is above 0 and rises where it is below.");
  }
  draw();
});
