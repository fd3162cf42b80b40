/** Where the right column lies below the centre, and where all columns lie below each other. */
const STACKED = matchMedia('(width <= 1180px)');
const SINGLE = matchMedia('(width <= 860px)');

/** Does something now, and whenever a screen gets narrow or wide. @param {MediaQueryList} query @param {() => void} act */
function follow(query, act) {
  query.addEventListener('change', act);
  act();
  return () => query.removeEventListener('change', act);
}

/**
 * The drawing stands at the head of the right column; where that lies below the centre, it stands above the
 * long panels instead. It is moved, not shown twice, so that it is read where it is seen.
 * @param {HTMLElement} panels  those of the centre; the first stays above
 * @returns {() => void} puts it back
 */
export function digitFirstWhereNarrow(panels) {
  const page = panels.closest('.train-page');
  const column = page?.querySelector('.train-column.is-side');
  const digit = page?.querySelector('[data-place=digit]');
  if (!column || !digit) return () => {};
  const stop = follow(STACKED, () => {
    if (STACKED.matches) panels.firstElementChild?.after(digit);
    else column.prepend(digit);
  });
  return () => {
    stop();
    column.prepend(digit);
  };
}

/** The recipe is the first column, and the last part where there is one column. @param {HTMLElement} host */
export function recipeLastWhereNarrow(host) {
  const page = host.querySelector('.train-page') ?? host;
  const recipe = page.querySelector('.train-column.is-recipe');
  if (!recipe) return () => {};
  return follow(SINGLE, () => (SINGLE.matches ? page.append(recipe) : page.prepend(recipe)));
}
