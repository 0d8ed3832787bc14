export default async (url) => (await fetch(url)).text();
