'use strict';

// One view for each graph, the pictures and tables of which the page holds already; nothing here makes markup from text.
(() => {
  const byId = id => document.getElementById(id);
  const stage = byId('stage');
  const views = new Map();
  for (const element of document.querySelectorAll('.view')) {
    const canvas = element.querySelector('.canvas');
    views.set(element.dataset.name, {
      element,
      canvas,
      table: byId(`${element.dataset.name}-tasks`),
      button: byId(`show-${element.dataset.name}`),
      width: canvas ? Number(canvas.dataset.width) : 0,
      height: canvas ? Number(canvas.dataset.height) : 0,
      nodes: canvas ? [...canvas.querySelectorAll('.node')] : [],
      texts: null,
      matches: [],
      current: -1,
      selected: null,
      x: 0,
      y: 0,
      scale: 0,
    });
  }

  let view = [...views.values()].find(v => !v.element.classList.contains('off'));

  // ------------------------------------------------------------ zoom and pan

  const smallest = 0.01;
  const largest = 8;

  function apply() {
    view.canvas?.setAttribute('transform', `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.scale.toFixed(5)})`);
    byId('scale').textContent = view.canvas ? `${Math.round(view.scale * 100)} %` : '';
  }

  function zoom(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    const scale = Math.min(largest, Math.max(smallest, view.scale * factor));
    view.x = x - (x - view.x) * scale / view.scale;
    view.y = y - (y - view.y) * scale / view.scale;
    view.scale = scale;
    apply();
  }

  function pan(dx, dy) {
    view.x += dx;
    view.y += dy;
    apply();
  }

  function show(scale) {
    view.scale = scale;
    view.x = (stage.clientWidth - view.width * scale) / 2;
    view.y = Math.max((stage.clientHeight - view.height * scale) / 2, 0);
    apply();
  }

  const fitting = () => Math.min(stage.clientWidth / view.width, stage.clientHeight / view.height, 1);

  const fit = () => show(Math.max(fitting(), smallest));

  // The first sight: all of it; of a large graph its beginning, since nobody can read all of it.
  function begin() {
    fit();
    if (fitting() < 0.45) {
      view.scale = 0.7;
      const box = view.nodes[0].getBBox();
      view.x = stage.clientWidth / 2 - (box.x + box.width / 2) * view.scale;
      view.y = 0.2 * stage.clientHeight - box.y * view.scale;
      apply();
    }
  }

  function center(node) {
    const box = node.getBBox();
    view.scale = Math.max(view.scale, 0.8);
    view.x = stage.clientWidth / 2 - (box.x + box.width / 2) * view.scale;
    view.y = stage.clientHeight / 2 - (box.y + box.height / 2) * view.scale;
    apply();
  }

  // ------------------------------------------------------------ before and after

  function activate(name) {
    const next = views.get(name);
    if (!next || next === view) {
      return;
    }

    for (const [, v] of views) {
      v.element.classList.toggle('off', v !== next);
      v.table?.classList.toggle('off', v !== next);
      v.button?.setAttribute('aria-pressed', String(v === next));
    }

    view = next;
    if (view.scale === 0) {
      begin();
    } else {
      apply();
    }

    search(false);
    describe(view.selected);
  }

  // ------------------------------------------------------------ search

  function search(jumps) {
    const wanted = byId('query').value.trim().toLowerCase();
    view.texts ??= view.nodes.map(node => node.textContent.toLowerCase());
    for (const node of view.matches) {
      node.classList.remove('match', 'current');
    }

    view.matches = wanted === '' ? [] : view.nodes.filter((_, i) => view.texts[i].includes(wanted));
    for (const node of view.matches) {
      node.classList.add('match');
    }

    view.canvas?.classList.toggle('searching', wanted !== '');
    view.current = -1;
    if (jumps && view.matches.length > 0) {
      jump(1);
    } else {
      tell(wanted);
    }
  }

  function jump(step) {
    const count = view.matches.length;
    if (count === 0) {
      return;
    }

    view.matches[view.current]?.classList.remove('current');
    view.current = view.current < 0 ? (step > 0 ? 0 : count - 1) : (view.current + step + count) % count;
    view.matches[view.current].classList.add('current');
    center(view.matches[view.current]);
    tell(byId('query').value.trim());
  }

  function tell(wanted) {
    const count = view.matches.length;
    byId('found').textContent =
      wanted === '' ? '' : count === 0 ? 'nothing found' : view.current < 0 ? `${count} found` : `${view.current + 1} of ${count}`;
  }

  // ------------------------------------------------------------ selection

  function select(node) {
    view.selected?.classList.remove('selected');
    for (const edge of view.canvas.querySelectorAll('.edge.touched')) {
      edge.classList.remove('touched');
    }

    view.table?.querySelector('tr.selected')?.classList.remove('selected');
    view.selected = node;
    if (node) {
      node.classList.add('selected');
      const number = node.id.slice(node.id.lastIndexOf('n') + 1);
      for (const edge of view.canvas.querySelectorAll(`.edge[data-from="${number}"], .edge[data-to="${number}"]`)) {
        edge.classList.add('touched');
      }

      const row = view.table?.querySelector(`tr[data-node="${number}"]`);
      row?.classList.add('selected');
      row?.scrollIntoView({ block: 'nearest' });
    }

    describe(node);
  }

  function describe(node) {
    const lines = node ? node.querySelector('title').textContent.split('\n') : [];
    byId('details').replaceChildren(...lines.map(line => {
      const paragraph = document.createElement('p');
      paragraph.textContent = line;
      return paragraph;
    }));
    byId('details').classList.toggle('off', lines.length === 0);
  }

  // ------------------------------------------------------------ table

  function sort(header) {
    const direction = header.getAttribute('aria-sort') === 'descending' ? 'ascending'
      : header.getAttribute('aria-sort') === 'ascending' ? 'descending'
      : header.classList.contains('number') ? 'descending' : 'ascending';
    for (const other of header.parentElement.children) {
      other.removeAttribute('aria-sort');
    }

    header.setAttribute('aria-sort', direction);
    const column = header.cellIndex;
    const sign = direction === 'ascending' ? 1 : -1;
    const body = header.closest('table').tBodies[0];
    const compare = header.classList.contains('number')
      ? (a, b) => Number(a.cells[column].dataset.value) - Number(b.cells[column].dataset.value)
      : (a, b) => a.cells[column].textContent.localeCompare(b.cells[column].textContent);
    body.append(...[...body.rows].sort((a, b) => sign * compare(a, b)));
  }

  function toggleTable() {
    const hidden = byId('tasks').classList.toggle('off');
    byId('toggle-tasks').setAttribute('aria-pressed', String(!hidden));
  }

  // ------------------------------------------------------------ mouse, touch, keys

  const pointers = new Map();
  let moved = 0;

  stage.addEventListener('pointerdown', event => {
    if (event.button !== 0 || event.target.closest('#legend')) {
      return;
    }

    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved = pointers.size > 1 ? Infinity : 0;
  });

  stage.addEventListener('pointermove', event => {
    const last = pointers.get(event.pointerId);
    if (!last) {
      return;
    }

    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    moved += Math.abs(event.clientX - last.x) + Math.abs(event.clientY - last.y);
    if (moved > 4 && !stage.hasPointerCapture(event.pointerId)) {
      stage.setPointerCapture(event.pointerId); // only now: a capture would take the click from the node
      stage.classList.add('moving');
    }

    if (others.length === 1) {
      const box = stage.getBoundingClientRect();
      const before = Math.max(Math.hypot(last.x - others[0].x, last.y - others[0].y), 1);
      const after = Math.max(Math.hypot(event.clientX - others[0].x, event.clientY - others[0].y), 1);
      zoom(after / before, (event.clientX + others[0].x) / 2 - box.left, (event.clientY + others[0].y) / 2 - box.top);
    } else if (moved > 4) {
      pan(event.clientX - last.x, event.clientY - last.y);
    }

    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });

  const release = event => {
    pointers.delete(event.pointerId);
    stage.classList.toggle('moving', pointers.size > 0);
  };
  stage.addEventListener('pointerup', release);
  stage.addEventListener('pointercancel', release);

  stage.addEventListener('click', event => {
    if (moved <= 4 && view.canvas && !event.target.closest('#legend')) {
      select(event.target.closest('.node'));
    }
  });

  stage.addEventListener('wheel', event => {
    if (event.target.closest('#legend')) {
      return;
    }

    event.preventDefault();
    const box = stage.getBoundingClientRect();
    const lines = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? 400 : 1;
    zoom(Math.exp(-Math.max(-300, Math.min(300, event.deltaY * lines)) * 0.0018), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  byId('zoom-in').addEventListener('click', () => zoom(1.25));
  byId('zoom-out').addEventListener('click', () => zoom(0.8));
  byId('fit').addEventListener('click', fit);
  byId('toggle-tasks').addEventListener('click', toggleTable);
  byId('query').addEventListener('input', () => search(true));
  byId('next').addEventListener('click', () => jump(1));
  byId('previous').addEventListener('click', () => jump(-1));
  byId('query').addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      jump(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      byId('query').value = '';
      search(false);
      stage.focus();
    }
  });

  for (const [name, v] of views) {
    v.button?.addEventListener('click', () => activate(name));
    for (const button of v.table?.querySelectorAll('thead button') ?? []) {
      button.addEventListener('click', () => sort(button.closest('th')));
    }

    v.table?.tBodies[0].addEventListener('click', event => {
      const node = byId(`${name}-n${event.target.closest('tr')?.dataset.node}`);
      if (node) {
        select(node);
        center(node);
      }
    });
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input')) {
      return;
    }

    const step = 60;
    const keys = {
      '+': () => zoom(1.25),
      '=': () => zoom(1.25),
      '-': () => zoom(0.8),
      '0': fit,
      '1': () => zoom(1 / view.scale),
      '/': () => byId('query').focus(),
      b: () => activate([...views.keys()].find(name => views.get(name) !== view)),
      t: toggleTable,
      n: () => jump(1),
      N: () => jump(-1),
      Escape: () => view.canvas && select(null),
    };
    const arrows = {
      ArrowLeft: () => pan(step, 0),
      ArrowRight: () => pan(-step, 0),
      ArrowUp: () => pan(0, step),
      ArrowDown: () => pan(0, -step),
    };
    const action = keys[event.key] ?? (event.target.closest('#tasks') ? undefined : arrows[event.key]);
    if (action) {
      event.preventDefault();
      action();
    }
  });

  describe(null);
  begin();
})();
