/** A point of which both coordinates are to be large. */
export type Point = readonly [number, number];

/** True where `a` is at least as good in both and better in one. */
export function dominates(a: Point, b: Point): boolean {
  return a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]);
}

/** Front of each point: 0 for those that nothing dominates, 1 for those left when these are gone, ... */
export function paretoRanks(points: readonly Point[]): number[] {
  const ranks = points.map(() => -1);
  for (let rank = 0, left = points.length; left > 0; rank++) {
    const open = points.map((_, i) => i).filter((i) => ranks[i] < 0);
    const front = open.filter((i) => !open.some((j) => dominates(points[j], points[i])));
    for (const i of front) ranks[i] = rank;
    left -= front.length;
  }
  return ranks;
}

/** Crowding distance within one front (Deb et al. 2002, section III-B); infinite at its ends. */
export function crowding(front: readonly Point[]): number[] {
  const distance = front.map(() => 0);
  for (const axis of [0, 1] as const) {
    const order = front.map((_, i) => i).sort((a, b) => front[a][axis] - front[b][axis]);
    const span = front[order[order.length - 1]][axis] - front[order[0]][axis] || 1;
    order.forEach((i, place) => {
      if (place === 0 || place === order.length - 1) distance[i] = Infinity;
      else distance[i] += (front[order[place + 1]][axis] - front[order[place - 1]][axis]) / span;
    });
  }
  return distance;
}
