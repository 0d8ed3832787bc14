export default (value) => Promise.resolve(value);
