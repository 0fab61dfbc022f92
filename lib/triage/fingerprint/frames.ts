const library =
  /node_modules[\\/]|\(?node:|\(internal\/|^\s*at (?:java|javax|jdk|sun|kotlin|kotlinx|scala|groovy|junit|org\.(?:junit|gradle|apache\.maven|testng|mockito|springframework|hamcrest|codehaus)|com\.sun|System|Microsoft|NUnit|Xunit)\b[.$/]|site-packages[\\/]|dist-packages[\\/]|[\\/]lib[\\/]python\d|[\\/]vendor[\\/]|\/rustc\/|[\\/]\.cargo[\\/]|\/usr\/(?:lib|local\/go)\/|[\\/]gems[\\/]/;
const frame = /^\s*(?:at\s|File "|#\d+\s|from\s|[\w./\\-]{1,200}\.\w{1,5}:\d)/;

/** The project's own frames of a stack, nearest first, without their lines. */
export function framesOf(stack: string): string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n", 400)) {
    if (!frame.test(line.slice(0, 400)) || library.test(line.slice(0, 400))) continue;
    frames.push(line.trim().replace(/\d+/g, "0").slice(0, 300));
    if (frames.length === 8) break;
  }
  return frames;
}
