const page = "x".repeat(1_000);

export default async function answer() {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return page;
}
