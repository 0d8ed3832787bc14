export default async (value) => value;
