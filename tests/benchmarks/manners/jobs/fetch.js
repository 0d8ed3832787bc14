/** Asks a service for an item. An answer that is not good is thrown as it is: its Retry-After counts. */
export default async function fetchItem(url) {
  const response = await fetch(url);
  if (!response.ok) {
    await response.body?.cancel();
    throw response;
  }
  return await response.text();
}
