/** The choices of a field, in the order of their titles' table. */
export function options<Value extends string>(
  titles: Readonly<Record<Value, string>>,
): { value: Value; title: string }[] {
  return (Object.keys(titles) as Value[]).map((value) => ({ value, title: titles[value] }));
}
