import { instantsOf, startOfDay, wallTimeOf, weekday } from './zonedTime.js';

const DAY = 86_400_000;

/** The instant so many working days before another one: time that passes from Monday to Friday, a day of it at a time. */
export function workingDaysBefore(instant: number, days: number, zone: string): number {
  let left = days * DAY;
  let wall = wallTimeOf(instant, zone);
  for (;;) {
    const begin = wall === startOfDay(wall) ? wall - DAY : startOfDay(wall);
    if (isWorkingDay(begin)) {
      if (wall - begin >= left) return instantsOf(wall - left, zone)[0];
      left -= wall - begin;
    }
    wall = begin;
  }
}

/** The instant so many working days after another one. */
export function workingDaysAfter(instant: number, days: number, zone: string): number {
  let left = days * DAY;
  let wall = wallTimeOf(instant, zone);
  for (;;) {
    const end = startOfDay(wall) + DAY;
    if (isWorkingDay(startOfDay(wall))) {
      if (end - wall >= left) return instantsOf(wall + left, zone)[0];
      left -= end - wall;
    }
    wall = end;
  }
}

function isWorkingDay(wall: number): boolean {
  return weekday(wall) >= 1 && weekday(wall) <= 5;
}
