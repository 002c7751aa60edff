/** Adds the form's choices to an address, so that the form can show them again. The mail address stays private. */

const keptFields = ['rhythm', 'weekday', 'hour', 'zone', 'empty'];

export function withParams(href: string, form: URLSearchParams, problem?: string): string {
  const choices = [...form].filter(([name, value]) => keptFields.includes(name) && value.length <= 64).slice(0, 20);
  const params = new URLSearchParams([...choices, ...(problem === undefined ? [] : [['problem', problem]])]);
  return params.size === 0 ? href : `${href}${href.includes('?') ? '&' : '?'}${params}`;
}
