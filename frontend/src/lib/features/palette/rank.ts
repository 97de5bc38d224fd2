/** Small letters without accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * How well what was typed finds an action by its title and other words for it: more
 * is better, null is not at all. Each word that was typed has to be found: as the
 * beginning of a word, by the beginnings of several ("anc" finds Add New Customer),
 * or, two letters or more, inside one.
 */
export function rank(typed: string, title: string, words = ''): number | null {
  const wanted = wordsOf(typed);
  const own = wordsOf(title);
  const others = wordsOf(words);
  let sum = 0;
  for (const token of wanted) {
    const score = best(token, own, others);
    if (score === null) return null;
    sum += score;
  }
  // Of two that are found alike, the shorter title was meant rather.
  return wanted.length === 0 ? 0 : sum / wanted.length - own.join('').length / 100;
}

function best(token: string, own: readonly string[], others: readonly string[]): number | null {
  if (own[0]?.startsWith(token)) return 100;
  if (own.some((word) => word.startsWith(token))) return 80;
  if (beginnings(token, own)) return 60;
  if (token.length > 1 && own.some((word) => word.includes(token))) return 40;
  return others.some((word) => word.startsWith(token)) ? 30 : null;
}

/** Whether the token is put together from beginnings of these words, in their order. */
function beginnings(token: string, words: readonly string[]): boolean {
  if (token === '') return true;
  return words.some((word, at) => {
    let n = 0;
    while (n < token.length && token[n] === word[n]) n++;
    for (; n > 0; n--) if (beginnings(token.slice(n), words.slice(at + 1))) return true;
    return false;
  });
}
