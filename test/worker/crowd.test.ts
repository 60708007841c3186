import { describe } from "vitest";
import { makeCrowd } from "../../src/worker/crowd.ts";
import { crowdLaw } from "../contract/crowd.ts";

describe("a crowd in memory", () => crowdLaw(async () => ({ crowd: makeCrowd(), close: async () => {} })));
