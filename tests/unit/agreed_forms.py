"""What every form was agreed to hold: its fields with their codecs, `row.name` for a column, and its lists."""

PERSON = {"name": "text", "school": "text", "stage_subject": "text", "base_school": "text", "mentor": "text"}
HALF_DAY = "choice(出勤,事假,病假,公假,缺勤,迟到,早退)"
WEEKDAY = "choice(星期一,星期二,星期三,星期四,星期五,星期六,星期日)"
GENDER = "choice(男,女)"
STAGE = "choice(小学,初中)"
FOUR_GRADES = "tick(优,良,中,差)"

AGREED: dict[str, dict[str, str]] = {
    "registration": {
        "school": "text", "filled_by": "text", "contact_phone": "phone", "filled_on": "date", "principal": "text",
        "nominee.name": "text", "nominee.gender": GENDER, "nominee.born": "month", "nominee.ethnicity": "text",
        "nominee.stage": STAGE, "nominee.subject": "text", "nominee.degree": "text", "nominee.certificate": "text",
        "nominee.title": "text", "nominee.work_start": "month", "nominee.teaching_years": "count",
        "nominee.title_date": "month", "nominee.backbone": "text", "nominee.id_number": "id_number",
        "nominee.phone": "phone", "nominee.opinion": "text", "nominee.remark": "text",
    },
    "mentor_assignment": {
        "base_school": "text", "contact": "text", "contact_phone": "phone", "filled_on": "date",
        "pair.trainee": "text", "pair.gender": GENDER, "pair.school": "text", "pair.stage": STAGE,
        "pair.subject": "text", "pair.trainee_phone": "phone", "pair.mentor": "text", "pair.mentor_id": "id_number",
        "pair.mentor_subject": "text", "pair.mentor_title": "text", "pair.mentor_class": "text",
        "pair.mentor_phone": "phone", "pair.planned": "period", "pair.remark": "text",
    },
    "training_log": PERSON | {
        "log_date": "date", "weekday": WEEKDAY, "day_number": "count", "activity.time": "text",
        "activity.kind": "choice(听课,上课,集体备课,教研,班级活动,其他)", "activity.topic": "text",
        "activity.speaker": "text", "activity.place": "text", "gains": "prose", "questions": "prose",
        "mentor_signature": "text", "signed_on": "date",
    },
    "attendance": PERSON | {
        "day.date": "date", "day.weekday": WEEKDAY, "day.morning": HALF_DAY, "day.afternoon": HALF_DAY,
        "day.activity": "text", "day.trainee_signature": "text", "day.mentor_signature": "text",
        "due_days": "days", "present_days": "days", "personal_leave_days": "days", "sick_leave_days": "days",
        "official_leave_days": "days", "absent_days": "days", "late_count": "count", "early_count": "count",
        "signature": "text", "signed_on": "date",
    },
    "appraisal": {
        "keeper": "choice(教体局存,教师进修学校存,跟岗教师本人存)",
        "name": "text", "gender": GENDER, "born": "month", "ethnicity": "text", "school": "text", "stage": STAGE,
        "subject": "text", "title": "text", "degree": "text", "teaching_years": "count", "phone": "phone",
        "id_number": "id_number", "base_school": "text", "period": "period", "mentor": "text", "due_days": "days",
        "present_days": "days", "leave_days": "days", "absent_days": "days", "lessons_heard": "count",
        "lessons_taught": "count", "report_lessons": "count", "research_activities": "count",
        "class_activities": "count", "reflections": "count", "logs": "count", "research_reports": "count",
        "study_reports": "count", "self_appraisal": "prose", "self_signature": "text", "self_signed_on": "date",
        "mentor_opinion": "prose", "mentor_signature": "text", "mentor_signed_on": "date", "base_opinion": "prose",
        "principal_signature": "text", "base_signed_on": "date", "score": "score", "grade": "tick(合格,不合格)",
        "hours": "count", "college_opinion": "prose", "college_signed_on": "date", "bureau_opinion": "prose",
        "bureau_signed_on": "date",
    },
    "assessment_register": PERSON | {
        "period": "period", "total": "score", "attendance_note": "prose", "mentor_opinion": "prose",
        "mentor_signature": "text", "mentor_signed_on": "date", "base_opinion": "prose", "base_signed_on": "date",
        "college_score": "score", "college_hours": "count", "college_signed_on": "date",
    } | {f"r{number}_evidence": "text" for number in range(1, 13)}
      | {f"r{number}_score": "score" for number in range(1, 13)},
    "personal_info": {
        "name": "text", "gender": GENDER, "born": "month", "photo": "picture", "ethnicity": "text", "party": "text",
        "work_start": "month", "id_number": "id_number", "phone": "phone", "school": "text", "stage_subject": "text",
        "degree": "text", "graduated": "text", "certificate": "text", "title": "text", "title_date": "month",
        "backbone": "text", "backbone_date": "month", "teaching_years": "count", "grade": "text", "email": "text",
        "job.span": "text", "job.unit": "text", "job.post": "text", "achievements": "prose", "needs": "prose",
        "school_opinion": "prose", "principal_signature": "text", "school_signed_on": "date",
        "bureau_opinion": "prose", "bureau_signed_on": "date",
    },
    "leave_request": {
        "name": "text", "school": "text", "subject": "text", "kind": "tick(事假,病假,公假,其他)", "starts_on": "date",
        "starts_half": "choice(上午,下午)", "ends_on": "date", "ends_half": "choice(上午,下午)", "leave_days": "days",
        "reason": "prose", "applicant_signature": "text", "applied_on": "date", "mentor_opinion": "prose",
        "mentor_signature": "text", "mentor_signed_on": "date", "base_opinion": "prose",
        "principal_signature": "text", "base_signed_on": "date", "returned_on": "date", "return_confirmed_by": "text",
    },
    "activity_record": {
        "name": "text", "school": "text", "stage_subject": "text", "base_school": "text", "activity_name": "text",
        "kind": "tick(教研活动,集体备课,班会,队会,团会,第二课堂)", "held_on": "date", "lesson_period": "text",
        "place": "text", "host": "text", "role": "tick(组织,参加)", "process": "prose", "gains": "prose",
        "witness": "text", "signed_on": "date",
    },
    "day_plan": PERSON | {
        "period": "period", "goals": "prose", "day.date": "date", "day.weekday": WEEKDAY, "day.morning": "text",
        "day.afternoon": "text", "day.content": "text", "day.place": "text", "day.mentor": "text",
        "self_signature": "text", "self_signed_on": "date", "mentor_signature": "text", "mentor_signed_on": "date",
        "base_signed_on": "date",
    },
    "base_school_appraisal": PERSON | {
        "id_number": "id_number", "period": "period", "due_days": "days", "present_days": "days",
        "leave_days": "days", "absent_days": "days", "lessons_heard": "count", "lessons_taught": "count",
        "report_lessons": "count", "research_activities": "count", "class_activities": "count",
        "reflections": "count", "logs": "count", "opinion": "prose", "grade": "tick(优秀,合格,不合格)",
        "base_score": "score", "principal_signature": "text", "signed_on": "date",
    },
    "base_school_plan": {
        "base_school": "text", "principal": "text", "deputy": "text", "members": "text", "contact": "text",
        "contact_phone": "phone", "goals": "prose", "duty.work": "text", "duty.person": "text", "duty.due": "text",
        "schedule": "prose", "conditions": "prose", "requirements": "prose", "principal_signature": "text",
        "signed_on": "date",
    },
    "sign_in": {
        "event": "text", "held_on": "date", "place": "text", "attendee.number": "count", "attendee.unit": "text",
        "attendee.name": "text", "attendee.post": "text", "attendee.phone": "phone", "attendee.signature": "text",
    },
    "task_summary": PERSON | {
        "lesson.number": "count", "lesson.date": "date", "lesson.lesson_period": "text", "lesson.class_name": "text",
        "lesson.topic": "text", "lesson.teacher": "text", "lesson.kind": "choice(研究课,汇报课)",
        "activity.date": "date", "activity.kind": "choice(教研活动,集体备课,班会,队会,团会,第二课堂)",
        "activity.title": "text", "activity.role": "choice(组织,参加)", "reflection.date": "date",
        "reflection.title": "text", "lessons_heard": "count", "lessons_taught": "count", "report_lessons": "count",
        "research_activities": "count", "class_activities": "count", "reflection_count": "count",
        "mentor_signature": "text", "signed_on": "date",
    },
    "lesson_observation": {
        "school": "text", "base_school": "text", "subject": "text", "teacher": "text", "class_name": "text",
        "heard_on": "date", "lesson_period": "text", "lesson_count": "count", "topic": "text", "name": "text",
        "kind": "tick(新授,复习,讲评,实验)", "process": "prose", "comments": "prose", "gains": "prose",
    },
    "lesson_taught": {
        "name": "text", "school": "text", "stage_subject": "text", "class_name": "text", "taught_on": "date",
        "lesson_period": "text", "topic": "text", "kind": "tick(研究课,汇报课)", "material": "prose",
        "learners": "prose", "goals": "prose", "focus": "prose", "step.stage": "text", "step.teacher": "text",
        "step.students": "text", "step.intent": "text", "step.minutes": "count", "board": "prose",
        "homework": "prose", "reflection": "prose", "assessed_total": "score", "assessed_grade": FOUR_GRADES,
        "assessor_comment": "prose", "assessor": "text", "assessed_on": "date",
    } | {f"e{number}_score": "score" for number in range(1, 6)},
    "reflection": {
        "topic": "text", "class_name": "text", "stage_subject": "text", "written_on": "date", "name": "text",
        "school": "text", "base_school": "text", "goals_met": "prose", "strengths": "prose", "weaknesses": "prose",
        "improvements": "prose", "mentor_signature": "text", "signed_on": "date",
    },
    "action_research_report": PERSON | {
        "report_title": "text", "written_on": "date", "abstract": "prose", "keywords": "text", "problem": "prose",
        "design": "prose", "practice": "prose", "effect": "prose", "references": "prose", "mentor_comment": "prose",
        "mentor_grade": FOUR_GRADES, "mentor_signature": "text", "signed_on": "date",
    },
    "study_report": PERSON | {
        "period": "period", "written_on": "date", "overview": "prose", "gains": "prose", "results": "prose",
        "contrast": "prose", "action_plan": "prose", "suggestions": "prose", "self_signature": "text",
        "self_signed_on": "date", "mentor_comment": "prose", "mentor_signature": "text", "mentor_signed_on": "date",
        "college_grade": FOUR_GRADES, "college_signed_on": "date",
    },
    "mentor_summary": {
        "name": "text", "id_number": "id_number", "school": "text", "stage_subject": "text", "phone": "phone",
        "trainees": "text", "period": "period", "practice": "prose", "effects": "prose", "problems": "prose",
        "suggestions": "prose", "self_signature": "text", "self_signed_on": "date", "base_opinion": "prose",
        "base_signed_on": "date",
    },
    "study_plan": PERSON | {
        "period": "period", "school_analysis": "prose", "own_problems": "prose", "goals": "prose", "plan": "prose",
        "focus": "prose", "self_signature": "text", "self_signed_on": "date", "mentor_opinion": "prose",
        "mentor_signature": "text", "mentor_signed_on": "date",
    },
    "development_plan": {
        "name": "text", "gender": GENDER, "school": "text", "stage_subject": "text", "title": "text",
        "teaching_years": "count", "mentor": "text", "strengths": "prose", "weaknesses": "prose", "goals": "prose",
        "phase.span": "text", "phase.goal": "text", "phase.measures": "text", "phase.results": "text",
        "support": "prose", "self_signature": "text", "self_signed_on": "date", "mentor_opinion": "prose",
        "mentor_signature": "text", "mentor_signed_on": "date",
    },
}  # fmt: skip
LISTS = {
    "registration": ["nominee in nominees"],
    "mentor_assignment": ["pair in pairs"],
    "training_log": ["activity in activities"],
    "attendance": ["day in days"],
    "appraisal": [],
    "assessment_register": [],
    "personal_info": ["job in jobs"],
    "leave_request": [],
    "activity_record": [],
    "day_plan": ["day in days"],
    "base_school_appraisal": [],
    "base_school_plan": ["duty in duties"],
    "sign_in": ["attendee in attendees"],
    "task_summary": ["lesson in heard", "lesson in taught", "activity in activities", "reflection in reflections"],
    "lesson_observation": [],
    "lesson_taught": ["step in steps"],
    "reflection": [],
    "action_research_report": [],
    "study_report": [],
    "mentor_summary": [],
    "study_plan": [],
    "development_plan": ["phase in phases"],
}
