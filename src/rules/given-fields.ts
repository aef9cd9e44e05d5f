// The fields that results and findings have though no search puts them out.

/** Fields that Splunk and Enterprise Security add to results and findings. */
export const givenFields =
  /^(?:info_(?:min|max)_time|info_search_time|info_sid|event_id|orig_.*|risk_.*|rule_.*|_time|time|trigger.*|result\..*|search_name|original_detection_search)$/;
