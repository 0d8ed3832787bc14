import { randomFrom } from "../../lib/stats/random.ts";
