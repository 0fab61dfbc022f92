/*
 * What two messages are compared by.
 */

// The words that assertions are made of: they say how it was asserted, and not what.
export const vocabulary =
  /^(?:expect\w*|assert\w*|actual\w*|but|was|were|is|are|be|been|to|not|equals?|equality|equal|of|these|values?|which|the|a|an|and|or|in|on|at|for|with|that|this|than|from|by|it|its|as|has|have|had|no|true|false|null|none|nil|undefined|received?|found|got|left|right|failed|failing|failure|fail|error|should|must|same|identical|match(?:es|ing)?|contain\w*|include\w*|deep\w*|strict\w*|object|array|string|number|type|condition|check\w*|require\w*|comparison|obtained|difference|differs|different|greater|less|tobe\w*|toequal\w*|tostrictequal|tobetruthy|tobefalsy|length|size|empty|one|item|items|element|elements|test|xct\w*|eq|instead|does|did|message|exception|thrown|code|status|response|where|status_code|two|dom|documents|after|when|compared|using|suite|run|running|ran|build|job|command|process|unexpected|expectations?)$/i;

const token = /"[^"\n]{1,200}"|'[^'\n]{1,200}'|`[^`\n]{1,200}`|<[a-zA-Z]{1,10}>|\n|[^\s"'`<>(){},;]+/g;
const filler = /^(?:the|a|an|of|to|is|was|be|in|on|at|for|and|or|not|but|with|by|it|that|this|as|from|has|have|been)$/i;
const nameLike = /["'`_./\\#$@*:\d]|\p{Ll}\p{Lu}|^\p{Lu}{3,}$/u;
// What stands behind these tells the circumstances: who asked, and not what is missing.
const circumstance = /^(?:while|from|imported|required|when|during|referenced|via|through|caused)$/i;

// Behind these stands a name, with quotes or without.
const namesNext =
  /^(?:differs:|table:?|column:?|relation:?|constraint:?|module:?|package:?|fixture:?|symbol:?|method:?|function:?|property:?|variable:?|undefined:|service:?|topic:?|queue:?|class:?|enum:?|flag:?|command:?|component:?|widget:?|extension:?)$/i;

const ofDatabase = /^(?:table|column|relation|constraint|index)$/i;

const anchorWeight = 3;
export const isAnchor = (weight: number): boolean => weight === anchorWeight;

/** The words of a message with what they weigh: names much, fillers and masks little. */
export function featuresOf(message: string): Map<string, number> {
  const features = new Map<string, number>();
  let isCircumstance = false;
  let previous = "";
  for (const [found] of message.matchAll(token)) {
    const word = found.replace(/[.:!?]+$/, "");
    if (found === "\n") isCircumstance = false;
    if (word === "" || found === "\n") continue;
    if (circumstance.test(word)) isCircumstance = true;
    const isNamed = namesNext.test(previous) && !filler.test(word) && !vocabulary.test(word);
    const own =
      /^<[a-zA-Z]+>$/.test(word) || filler.test(word)
        ? 0.2
        : vocabulary.test(word)
          ? 0.4
          : isNamed || nameLike.test(word)
            ? anchorWeight
            : 1;
    const weight = isCircumstance && !ofDatabase.test(previous) ? own * 0.25 : own;
    previous = found;
    if (weight > (features.get(word) ?? 0)) features.set(word, weight);
  }
  return features;
}

// A name that its quotes, its dots or its dashes make one; a word in camel case may be the tool's.
const certain = /["'`_./\\#]/;

/** How many names a message holds that tell its cause. */
export function namesIn(message: string): number {
  let names = 0;
  for (const [word, weight] of featuresOf(message)) if (isAnchor(weight) && certain.test(word)) names += 1;
  return names;
}
