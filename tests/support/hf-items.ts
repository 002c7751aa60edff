/** Made-up items in the format of Hugging Face's listing, for local servers. */
const topics = ['Routing', 'Memory', 'Speech', 'Proteins', 'Planning'];

export function hfItem(id: string, day: string, votes = 3) {
  const topic = topics[Number(id.slice(-1)) % topics.length];
  return {
    paper: {
      id,
      title: `${topic} with few parameters: ${id}`,
      summary: `We study ${topic?.toLowerCase()} and find that ${id} is enough.`,
      authors: [
        { name: 'Ada Lovelace', hidden: false },
        { name: 'Emmy Noether', hidden: false },
      ],
      publishedAt: `${day}T01:00:00.000Z`,
      upvotes: votes,
    },
    publishedAt: `${day}T02:00:00.000Z`,
    title: `${topic} with few parameters: ${id}`,
    numComments: 1,
  };
}

/** Returns items for the working days from a Monday on, with a number of papers per day. */
export function hfWeeks(monday: string, weeks: number, papersADay: number): Map<string, ReturnType<typeof hfItem>[]> {
  const days = Array.from({ length: weeks * 7 }, (_, i) => new Date(Date.parse(monday) + i * 86_400_000));
  const working = days.filter((day) => day.getUTCDay() % 6 !== 0).map((day) => day.toISOString().slice(0, 10));
  return new Map(
    working.map((day) => {
      const prefix = `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}`;
      return [day, Array.from({ length: papersADay }, (_, i) => hfItem(`${prefix}${String(i).padStart(3, '0')}`, day))];
    }),
  );
}
