// Every way in which the answers of nginx and Apache may differ, each with its reason. What is not here is a failure,
// and so is an entry that no answer needed.

export interface Allowed {
  readonly reason: string;
  /** The questions that it is about; every one, unless given. */
  readonly question?: RegExp;
  readonly fact: RegExp;
  /** What nginx and Apache say; anything, unless given. An absent fact is the empty text. */
  readonly nginx?: RegExp;
  readonly apache?: RegExp;
}

export const allowed: readonly Allowed[] = [];

/** The entry that explains a difference. */
export function explanation(
  question: string,
  { fact, nginx = '', apache = '' }: { fact: string; nginx?: string; apache?: string },
): Allowed | undefined {
  return allowed.find(
    (one) =>
      (one.question?.test(question) ?? true) &&
      one.fact.test(fact) &&
      (one.nginx?.test(nginx) ?? true) &&
      (one.apache?.test(apache) ?? true),
  );
}
