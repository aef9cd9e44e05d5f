// What the pages do: search, filters, the matrix, copying, macro expansions, colours. No network beyond this folder.
(() => {
  const root = document.body.dataset.root;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const scripts = new Map();
  const loadScript = (name) => {
    if (!scripts.has(name))
      scripts.set(
        name,
        new Promise((resolve, reject) => {
          document.head.append(
            make('script', { src: `${root}assets/${name}`, onload: resolve, onerror: reject }),
          );
        }),
      );
    return scripts.get(name);
  };

  // Colours.
  one('[data-theme-toggle]').addEventListener('click', () => {
    const element = document.documentElement;
    const isDark = element.dataset.theme
      ? element.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    element.dataset.theme = isDark ? 'light' : 'dark';
    try {
      localStorage.setItem('detc-theme', element.dataset.theme);
    } catch {
      // The choice then lasts for this page.
    }
  });

  // Copying a search.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make('textarea', { value: text, className: 'offscreen' });
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
  };
  for (const button of all('[data-copy]')) {
    const label = button.textContent;
    button.addEventListener('click', async () => {
      await copy(document.getElementById(button.dataset.copy).textContent);
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = label;
      }, 1500);
    });
  }

  // Expansions of macros, shown on hover and focus and closed by Escape.
  const tip = make('div', { className: 'tip', id: 'expansion', role: 'tooltip', hidden: true });
  document.body.append(tip);
  const hideTip = () => {
    tip.hidden = true;
    one('[aria-describedby="expansion"]')?.removeAttribute('aria-describedby');
  };
  const showTip = (link) => {
    tip.textContent = link.dataset.expansion;
    tip.hidden = false;
    link.setAttribute('aria-describedby', 'expansion');
    const box = link.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const isBelow = box.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(isBelow ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + scrollY}px`;
  };
  for (const link of all('[data-expansion]')) {
    link.addEventListener('mouseenter', () => showTip(link));
    link.addEventListener('focus', () => showTip(link));
    link.addEventListener('mouseleave', hideTip);
    link.addEventListener('blur', hideTip);
  }

  // Full-text search.
  let index;
  const openIndex = async () => {
    if (index) return index;
    await Promise.all([loadScript('minisearch.js'), loadScript('search-index.js')]);
    const { options, index: text } = window.detcSearch;
    index = MiniSearch.loadJSON(text, options);
    return index;
  };
  const searchFor = async (query) => {
    const found = (await openIndex()).search(query, {
      combineWith: 'AND',
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
      boost: { title: 4, labels: 2 },
    });
    return found;
  };
  const field = document.getElementById('find');
  const list = document.getElementById('find-results');
  let active = -1;
  const closeList = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const activate = (next) => {
    const entries = all('[role=option]', list);
    if (entries.length === 0) return;
    active = (next + entries.length) % entries.length;
    entries.forEach((entry, i) => {
      entry.setAttribute('aria-selected', String(i === active));
    });
    field.setAttribute('aria-activedescendant', entries[active].id);
    entries[active].scrollIntoView({ block: 'nearest' });
  };
  let latest = 0;
  const suggest = async () => {
    const query = field.value.trim();
    const turn = ++latest;
    if (query.length < 2) return closeList();
    const found = await searchFor(query);
    if (turn !== latest) return;
    list.replaceChildren(
      ...found.slice(0, 8).map((hit, i) => {
        const entry = make(
          'li',
          { id: `find-${i}`, role: 'option' },
          make('span', { textContent: hit.title }),
          make('small', { textContent: hit.kind }),
        );
        entry.dataset.url = hit.url;
        entry.setAttribute('aria-selected', 'false');
        entry.addEventListener('mousedown', (event) => {
          event.preventDefault();
          location.href = root + hit.url;
        });
        return entry;
      }),
    );
    if (found.length === 0)
      list.append(make('li', { id: 'find-0', className: 'none', role: 'option', ariaSelected: 'false', textContent: 'Nothing found' }));
    active = -1;
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
  };
  field.addEventListener('input', suggest);
  field.addEventListener('focus', openIndex, { once: true });
  field.addEventListener('blur', closeList);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      activate(active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && active >= 0) {
      const { url } = all('[role=option]', list)[active].dataset;
      if (url) {
        event.preventDefault();
        location.href = root + url;
      }
    } else if (event.key === 'Escape') closeList();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hideTip();
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });

  // The text with the words that were found marked.
  const marked = (text, terms) => {
    const words = terms.map((term) => term.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).filter(Boolean);
    if (words.length === 0) return [text];
    return text
      .split(new RegExp(`(${words.join('|')})`, 'i'))
      .map((part, i) => (i % 2 === 1 ? make('mark', { textContent: part }) : part));
  };
  const hits = one('[data-search-hits]');
  if (hits) {
    const query = new URLSearchParams(location.search).get('q') ?? '';
    field.value = query;
    if (query.trim() !== '')
      searchFor(query).then((found) => {
        one('[data-search-tally]').textContent = `${found.length} found for “${query}”`;
        hits.replaceChildren(
          ...found
            .slice(0, 200)
            .map((hit) =>
              make(
                'li',
                {},
                make('a', { href: root + hit.url, textContent: hit.title }),
                ' ',
                make('small', { textContent: hit.kind }),
                ...(hit.gist ? [make('p', {}, ...marked(hit.gist, hit.terms))] : []),
              ),
            ),
        );
      });
  }

  // Lists that are filtered in place.
  for (const form of all('[data-filter]')) {
    const rows = all(`[data-list="${form.dataset.filter}"] tbody tr`);
    const names = rows.map((row) => row.cells[0].textContent.toLowerCase());
    const tally = one('[data-tally]');
    const apply = () => {
      const wanted = Object.fromEntries(new FormData(form));
      const words = (wanted.name ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        const isShown =
          words.every((word) => names[i].includes(word)) &&
          Object.entries(wanted).every(
            ([key, value]) => key === 'name' || value === '' || (row.dataset[key] ?? '').split('|').includes(value),
          );
        row.hidden = !isShown;
        if (isShown) shown++;
      });
      if (tally) tally.value = shown;
    };
    for (const [key, value] of new URLSearchParams(location.search)) {
      const control = form.elements.namedItem(key);
      if (control) control.value = value;
    }
    form.addEventListener('input', apply);
    form.addEventListener('reset', () => setTimeout(apply));
    form.addEventListener('submit', (event) => event.preventDefault());
    apply();
  }

  // The ATT&CK matrix.
  const matrix = one('[data-matrix]');
  if (matrix)
    loadScript('data.js').then(() => {
      const detections = window.detcDetections;
      const form = one('[data-matrix-filter]');
      const chosen = one('[data-chosen]');
      const buttons = all('[data-technique]', matrix);
      const shade = (n) => (n === 0 ? 0 : n === 1 ? 1 : n <= 3 ? 2 : n <= 8 ? 3 : n <= 20 ? 4 : 5);
      const family = (id) => id.split('.')[0];
      let current = '';
      const fill = (name, values) => {
        const select = form.elements.namedItem(name);
        for (const value of [...new Set(values)].sort()) select.append(make('option', { textContent: value }));
      };
      fill('type', detections.map((each) => each.type));
      fill('source', detections.flatMap((each) => each.sources));
      const wanted = () => {
        const { type, source } = Object.fromEntries(new FormData(form));
        return detections.filter(
          (each) => (!type || each.type === type) && (!source || each.sources.includes(source)),
        );
      };
      const showChosen = () => {
        chosen.hidden = current === '';
        if (current === '') return;
        const found = wanted().filter((each) =>
          each.techniques.some(([id]) => id === current || (family(id) === current && !current.includes('.'))),
        );
        const name = detections.flatMap((each) => each.techniques).find(([id]) => id === current)?.[1];
        const label = one(`[data-technique="${CSS.escape(family(current))}"] span`, matrix)?.textContent.replace(/[\u00ad\u200b]/g, '');
        chosen.replaceChildren(
          make(
            'header',
            {},
            make('h2', { textContent: `${current} ${name ?? label ?? ''}` }),
            make('p', { textContent: found.length === 1 ? '1 detection' : `${found.length} detections` }),
            make('button', { type: 'button', textContent: 'Close', onclick: () => leave() }),
          ),
          make(
            'ul',
            { className: 'users' },
            ...found.map((each) =>
              make(
                'li',
                {},
                make('a', { href: root + each.url, textContent: each.name }),
                ' ',
                make('small', { textContent: each.type }),
              ),
            ),
          ),
        );
      };
      // One technique is in the order of Tab; arrow keys lead to the others.
      const columns = all('section', matrix);
      const shownIn = (column) => all('[data-technique]', column).filter((cell) => !cell.parentElement.hidden);
      const enter = (cell) => {
        for (const button of buttons) button.tabIndex = button === cell ? 0 : -1;
      };
      const draw = () => {
        const chosenId = family(current);
        const counts = new Map();
        for (const each of wanted())
          for (const id of new Set(each.techniques.map(([id]) => family(id))))
            counts.set(id, (counts.get(id) ?? 0) + 1);
        const isCoveredOnly = form.elements.namedItem('covered').checked;
        for (const button of buttons) {
          const count = counts.get(button.dataset.technique) ?? 0;
          button.className = `s${shade(count)}`;
          button.firstElementChild.textContent = count;
          button.parentElement.hidden = isCoveredOnly && count === 0;
          button.setAttribute('aria-pressed', String(button.dataset.technique === chosenId));
        }
        for (const column of all('section', matrix)) {
          const cells = all('[data-technique]', column);
          one('small', column).textContent =
            `${cells.filter((cell) => cell.className !== 's0').length}/${cells.length}`;
        }
        const reachable = buttons.filter((button) => !button.parentElement.hidden);
        enter(reachable.find((button) => button.tabIndex === 0) ?? reachable[0]);
        showChosen();
      };
      const choose = (id, isMoved) => {
        current = id;
        draw();
        if (id !== '' && isMoved) chosen.focus({ preventScroll: true });
      };
      const leave = () => {
        const from = one(`[data-technique="${CSS.escape(family(current))}"]`, matrix);
        history.replaceState(null, '', location.pathname + location.search);
        choose('', false);
        from?.focus();
      };
      chosen.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') leave();
      });
      for (const button of buttons)
        button.addEventListener('click', () => {
          const id = button.dataset.technique;
          const next = id === current ? '' : id;
          history.replaceState(null, '', next === '' ? location.pathname + location.search : `#${next}`);
          choose(next, true);
        });
      const nextTo = (cell, key) => {
        const column = cell.closest('section');
        const cells = shownIn(column);
        const at = cells.indexOf(cell);
        if (key === 'ArrowDown') return cells[at + 1];
        if (key === 'ArrowUp') return cells[at - 1];
        if (key === 'Home') return cells[0];
        if (key === 'End') return cells.at(-1);
        const step = key === 'ArrowRight' ? 1 : -1;
        for (let i = columns.indexOf(column) + step; columns[i]; i += step) {
          const beside = shownIn(columns[i]);
          if (beside.length > 0) return beside[Math.min(at, beside.length - 1)];
        }
      };
      matrix.addEventListener('keydown', (event) => {
        if (!/^(Arrow(Down|Up|Left|Right)|Home|End)$/.test(event.key)) return;
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const from = event.target.closest('[data-technique]');
        const to = from ? nextTo(from, event.key) : undefined;
        if (from) event.preventDefault();
        to?.focus();
      });
      matrix.addEventListener('focusin', (event) => {
        const cell = event.target.closest('[data-technique]');
        if (cell) enter(cell);
      });
      form.addEventListener('input', draw);
      form.addEventListener('reset', () => setTimeout(draw));
      form.addEventListener('submit', (event) => event.preventDefault());
      const addressed = () => {
        const id = location.hash.slice(1);
        return /^T\d+(\.\d+)?$/.test(id) ? id : '';
      };
      addEventListener('hashchange', () => choose(addressed(), true));
      choose(addressed(), addressed() !== '');
    });
})();
