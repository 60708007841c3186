import { regionLabel } from "../../../src/domain/region.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { labels as id } from "../id/labels.ts";

/** At most 20 characters, as the Indonesian ones: "(closed)" would not fit behind Papua Tengah. */
export const labels: typeof id = {
  label_region: (v) => (v.open ? regionLabel(v.product) : `${regionLabel(v.product).slice(0, 12).trimEnd()} (shut)`),
  label_last: (v) => (v.plate === "" ? "The last vehicle" : `Again: ${v.plate}`),
  label_pay: (v) => `Pay ${showRupiah(v.total)}`,
  label_wrong: () => "Data wrong",
  label_cancel: () => "Cancel",
  label_help: () => "Help",
  label_fix_to: (v) => (v.digits.length > 10 ? "Change to digits" : `Change to ${v.digits}`),
  label_keep: () => "Keep",
  label_keep_this: () => "Keep this",
  label_retype: () => "Type again",
  label_right: () => "Correct",
  label_other_region: () => "Another region",
  label_change_region: () => "Change region",
  label_change_nik: () => "Change NIK",
  label_change_chassis: () => "Change chassis",
  label_tell_open: () => "Tell me when open",
  label_another: () => "Another vehicle",
  label_picture: () => "Picture",
  label_proof_again: () => "Proof once more",
  label_same_nik: () => "The same NIK",
  label_other_nik: () => "Another NIK",
  label_check_pay: () => "Check and pay tax",
  label_status: () => "Payment status",
  label_where_chassis: () => "Find chassis number",
  label_human: () => "Staff",
  label_erase: () => "Yes, delete",
  label_not_erase: () => "No",
  label_try_again: () => "Check again",
};
