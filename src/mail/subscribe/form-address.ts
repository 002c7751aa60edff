/** The form's address with what was chosen in it, but for the mail address, which is nobody else's to see. */

const kept = ['rhythm', 'weekday', 'hour', 'zone', 'empty'];

export function withParams(href: string, form: URLSearchParams, problem?: string): string {
  const chosen = [...form].filter(([name, value]) => kept.includes(name) && value.length <= 64).slice(0, 20);
  const params = new URLSearchParams([...chosen, ...(problem === undefined ? [] : [['problem', problem]])]);
  return params.size === 0 ? href : `${href}${href.includes('?') ? '&' : '?'}${params}`;
}
